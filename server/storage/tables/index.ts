import type {
  AccountTable,
  ApiTokenTable,
  AuditEventTable,
  InvitationTable,
  MembershipTable,
  OpenIdFlowTable,
  OpenIdIdentityTable,
  OwnerTokenTable,
  ResultsReaderTable,
  SessionTable,
  ShareLinkTable,
  SignInFailureTable,
} from "./access.ts";
import type {
  BlindingAuditTable,
  BlindingDecisionTable,
  FoundSignTable,
  LeftOutResponseTable,
  MaskedResponseTable,
} from "./blinding.ts";
import type {
  PromptSetDecisionTable,
  PromptSetItemTable,
  PromptSetTable,
  PromptSetTextTable,
  PromptSetVersionTable,
} from "./curation.ts";
import type { EntryJudgmentTable, EntryPassageTable, PersonalAnswerTable } from "./entry.ts";
import type { JudgeCallTable, JudgeRunTable, ServerMannerTable, ToldCallsTable } from "./judges.ts";
import type { DepartureTable, RetentionTable } from "./leaving.ts";
import type {
  GuessTable,
  MessageTable,
  ParticipantTable,
  ParticipationTable,
  PlatformTable,
} from "./participants.ts";
import type { AdjudicationTable, ComparisonNoteTable } from "./reading.ts";
import type { ReviewTable, RuleTriggerTable, WorkSignsTable, WorkTallyTable } from "./quality.ts";
import type {
  AnnotatorGroupTable,
  CorrectedResponseTable,
  LoadTable,
  PromptTable,
  PromptTextTable,
  ProtocolTable,
  RenderingTable,
  ReportSnapshotTable,
  ResponseTable,
  StudyChangeTable,
  StudyTable,
  SystemTable,
  UnansweredPromptTable,
  UploadPartTable,
  UploadTable,
} from "./study.ts";
import type {
  AllotmentTable,
  AnnotatorTable,
  AssignmentTable,
  ComparisonTable,
  CountedJudgmentView,
  ExclusionTable,
  FlagTable,
  JudgmentTable,
  KnownAnswerTable,
  SkipTable,
  SlotTable,
} from "./work.ts";

/** Every table and view of the database by its name. */
export interface Tables {
  account: AccountTable;
  adjudication: AdjudicationTable;
  allotment: AllotmentTable;
  annotator: AnnotatorTable;
  annotator_group: AnnotatorGroupTable;
  api_token: ApiTokenTable;
  assignment: AssignmentTable;
  audit_event: AuditEventTable;
  blinding_audit: BlindingAuditTable;
  blinding_decision: BlindingDecisionTable;
  comparison: ComparisonTable;
  comparison_note: ComparisonNoteTable;
  corrected_response: CorrectedResponseTable;
  counted_judgment: CountedJudgmentView;
  entry_judgment: EntryJudgmentTable;
  entry_passage: EntryPassageTable;
  departure: DepartureTable;
  exclusion: ExclusionTable;
  flag: FlagTable;
  found_sign: FoundSignTable;
  guess: GuessTable;
  invitation: InvitationTable;
  judge_call: JudgeCallTable;
  judge_run: JudgeRunTable;
  judgment: JudgmentTable;
  known_answer: KnownAnswerTable;
  left_out_response: LeftOutResponseTable;
  load: LoadTable;
  masked_response: MaskedResponseTable;
  membership: MembershipTable;
  message: MessageTable;
  openid_flow: OpenIdFlowTable;
  openid_identity: OpenIdIdentityTable;
  owner_token: OwnerTokenTable;
  participant: ParticipantTable;
  participation: ParticipationTable;
  placed_judgment: CountedJudgmentView;
  personal_answer: PersonalAnswerTable;
  platform: PlatformTable;
  prompt: PromptTable;
  prompt_set: PromptSetTable;
  prompt_set_decision: PromptSetDecisionTable;
  prompt_set_item: PromptSetItemTable;
  prompt_set_text: PromptSetTextTable;
  prompt_set_version: PromptSetVersionTable;
  prompt_text: PromptTextTable;
  protocol: ProtocolTable;
  rendering: RenderingTable;
  report_snapshot: ReportSnapshotTable;
  response: ResponseTable;
  results_reader: ResultsReaderTable;
  review: ReviewTable;
  rule_trigger: RuleTriggerTable;
  retention: RetentionTable;
  server_manner: ServerMannerTable;
  session: SessionTable;
  share_link: ShareLinkTable;
  sign_in_failure: SignInFailureTable;
  skip: SkipTable;
  slot: SlotTable;
  study: StudyTable;
  study_change: StudyChangeTable;
  system: SystemTable;
  told_calls: ToldCallsTable;
  unanswered_prompt: UnansweredPromptTable;
  upload: UploadTable;
  upload_part: UploadPartTable;
  work_signs: WorkSignsTable;
  work_tally: WorkTallyTable;
}
