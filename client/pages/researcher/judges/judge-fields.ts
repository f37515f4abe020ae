import type { JudgeRunRequest, JudgeRuns } from "../../../../server/contract/judges.ts";

export type Server = JudgeRuns["servers"][number];

/** The form's fields as they are typed; what is empty says nothing. */
export interface JudgeFields {
  /** Which of the configured servers; "": the address that is typed. */
  readonly server: string;
  readonly address: string;
  readonly adapter: string;
  readonly model: string;
  readonly group: string;
  readonly orders: "one" | "both";
  readonly annotator: string;
  readonly repeats: string;
  readonly temperature: string;
  readonly seed: string;
  readonly maxTokens: string;
  readonly language: string;
  readonly structured: boolean;
  readonly keepThinking: boolean;
  readonly calls: string;
  readonly dollars: string;
  readonly minutes: string;
  readonly concurrency: string;
  readonly attempts: string;
}

export const firstFields = (group: string): JudgeFields => ({
  ...{ server: "0", address: "", adapter: "openai", model: "", group, orders: "both", annotator: "" },
  ...{ repeats: "0", temperature: "0", seed: "", maxTokens: "1024", language: "", structured: true },
  ...{ keepThinking: false, calls: "", dollars: "", minutes: "", concurrency: "8", attempts: "3" },
});

/** The run that the fields ask for, at one of the servers or at the address that is typed. */
export function requestOf(fields: JudgeFields, servers: readonly Server[]): JudgeRunRequest {
  const configured = servers[Number(fields.server)];
  const isTyped = fields.server === "" || !configured;
  return {
    server: isTyped ? fields.address.trim() : configured.url,
    adapter: isTyped ? fields.adapter : configured.adapter,
    model: fields.model.trim(),
    group: fields.group.trim(),
    orders: fields.orders,
    ...(fields.annotator.trim() === "" ? {} : { annotator: fields.annotator.trim() }),
    ...(fields.language === "" ? {} : { language: fields.language }),
    ...(fields.repeats === "" ? {} : { repeats: Number(fields.repeats) }),
    ...(fields.maxTokens === "" ? {} : { maxTokens: Number(fields.maxTokens) }),
    ...{ temperature: numberOrNull(fields.temperature), seed: numberOrNull(fields.seed) },
    structured: fields.structured,
    ...(fields.keepThinking && { keepThinking: true }),
    limits: {
      ...{ calls: numberOrNull(fields.calls), dollars: numberOrNull(fields.dollars) },
      minutes: numberOrNull(fields.minutes),
      ...(fields.concurrency === "" ? {} : { concurrency: Number(fields.concurrency) }),
      ...(fields.attempts === "" ? {} : { attempts: Number(fields.attempts) }),
    },
  };
}

const numberOrNull = (text: string): number | null => (text === "" ? null : Number(text));
