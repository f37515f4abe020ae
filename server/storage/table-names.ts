import type { Tables } from "./tables/index.ts";

/** Every table by name, each after those that it refers to. */
export const TABLES = [
  ...[
    "study",
    "protocol",
    "study_change",
    "account",
    "owner_token",
    "session",
    "report_snapshot",
    "share_link",
  ],
  ...["annotator_group", "annotator", "load", "system", "prompt", "prompt_text", "response", "rendering"],
  ...["comparison", "allotment", "slot", "assignment", "judgment", "exclusion", "audit_event"],
  ...["membership", "invitation", "api_token", "sign_in_failure", "results_reader"],
  ...["openid_identity", "openid_flow"],
  ...["judge_run", "judge_call", "told_calls", "known_answer", "skip", "flag", "unanswered_prompt"],
  "server_manner",
  ...["platform", "participation", "participant", "departure", "retention", "message", "guess"],
  ...["entry_passage", "entry_judgment", "personal_answer"],
  ...["work_tally", "work_signs", "rule_trigger", "review", "upload", "upload_part"],
  ...["blinding_audit", "found_sign", "blinding_decision", "masked_response", "left_out_response"],
  ...["comparison_note", "adjudication"],
  "corrected_response",
  ...["prompt_set", "prompt_set_version", "prompt_set_text", "prompt_set_item", "prompt_set_decision"],
] as const satisfies readonly (keyof Tables)[];

/** Every view by name, each before those that it reads from. */
export const VIEWS = ["counted_judgment", "placed_judgment"] as const satisfies readonly (keyof Tables)[];
