import type { Context } from "../../server/context.ts";
import type { JudgeLimits, JudgeSettings, SentParameters } from "../../server/contract/judges.ts";
import type { JudgeMeans, JudgeRequest } from "../../server/judges/judge-study.ts";
import {
  CallFailed,
  type ModelReply,
  type ModelRequest,
  type ModelServer,
} from "../../server/model-servers/model-call.ts";

const SETTINGS: JudgeSettings = {
  ...{ adapter: "openai", baseUrl: "http://127.0.0.1:1/v1/chat/completions", model: "m", orders: "one" },
  ...{ repeats: 0, temperature: 0, seed: null, maxTokens: 500, structured: true, language: "en" },
};

const LIMITS: JudgeLimits = {
  ...{ calls: null, dollars: null, minutes: null, concurrency: 4, attempts: 3 },
};

/** What a call was sent with, where a test does not care. */
export const SENT: SentParameters = {
  ...{ temperature: 0, topP: null, seed: null, maxTokens: 500, form: "json_schema" },
  ...{ refused: {}, isFormRefused: false },
};

export const requestFor = (
  over: Omit<Partial<JudgeRequest>, "settings" | "limits"> & {
    settings?: Partial<JudgeSettings>;
    limits?: Partial<JudgeLimits>;
  } = {},
): JudgeRequest => ({
  ...{ study: "s", group: "judges", annotator: "m", by: "test", price: null },
  ...over,
  settings: { ...SETTINGS, ...over.settings },
  limits: { ...LIMITS, ...over.limits },
});

/** What a scripted model is asked: the two responses, and how often it was asked before. */
export interface Asked {
  readonly a: string;
  readonly b: string;
  readonly text: string;
  readonly request: ModelRequest;
  readonly calls: number;
}

type Says =
  | "A"
  | "B"
  | "tie"
  | ({ text: string } & Partial<Pick<ModelReply, "finish" | "words" | "thinking">>)
  | CallFailed;

/** A model server without a socket, that says what a test says. `wait` holds every call up. */
export function scriptedModel(
  says: (asked: Asked) => Says,
  wait: (signal: AbortSignal) => Promise<unknown> = async () => undefined,
): ModelServer & { readonly asked: Asked[]; readonly mostAtOnce: () => number } {
  const asked: Asked[] = [];
  let [underWay, most] = [0, 0];
  return {
    asked,
    mostAtOnce: () => most,
    async ask(request, signal) {
      const { messages } = request;
      const text = messages.map(({ content }) => content).join("\n");
      const one = { a: responseOf(text, "A"), b: responseOf(text, "B"), text, request, calls: asked.length };
      asked.push(one);
      most = Math.max(most, ++underWay);
      try {
        await wait(signal);
      } finally {
        underWay--;
      }
      const said = says(one);
      if (said instanceof CallFailed) throw said;
      const reply = typeof said === "string" ? { text: verdict(said) } : said;
      const tokens = { promptTokens: 100, completionTokens: 10, costDollars: null };
      const told = { reportedModel: "m-2026", fingerprint: "f", ...tokens };
      const rest = { thinking: null, toolInput: null, finishWord: "stop", sent: SENT, mayBeBilled: true };
      return { finish: "complete", ...told, ...rest, ...reply, raw: JSON.stringify(reply) };
    },
    conceded: () => [],
    close: () => undefined,
  };
}

const verdict = (label: string) => JSON.stringify({ reasoning: `Because of ${label}.`, verdict: label });

function responseOf(text: string, label: string): string {
  const found = new RegExp(
    `\\[\\[RESPONSE ${label} (\\S+)\\]\\]\\n([^]*?)\\n\\[\\[END OF RESPONSE ${label} \\1\\]\\]`,
  );
  return found.exec(text)?.[2] ?? "";
}

/** Everything that a run needs besides; what a test does not say stays quiet. */
export const meansFor = (server: ModelServer, over: Partial<JudgeMeans> = {}): JudgeMeans => ({
  server,
  process: { name: "here:1", isAlive: (name) => name === "here:1" },
  random: () => 0.5,
  stop: new AbortController().signal,
  abandon: new AbortController().signal,
  onProgress: () => undefined,
  onNotice: () => undefined,
  ...over,
});

/** The judge's assignments with what was said of each, by presentation. */
export function judgedBy({ database }: Context, annotator = "m") {
  return database.read(({ db }) =>
    db
      .selectFrom("assignment as a")
      .innerJoin("annotator as r", "r.id", "a.annotator_id")
      .leftJoin("judgment as j", "j.assignment_id", "a.id")
      .select(["a.id", "a.comparison_id as comparison", "a.presentation", "a.left_system_id as left"])
      .select(["a.purpose", "a.ended_how as ended", "j.choice", "j.rationale", "j.revision"])
      .select(["j.strength", "j.metadata"])
      .where("r.external_id", "=", annotator)
      .orderBy("a.comparison_id")
      .orderBy("a.presentation")
      .execute(),
  );
}
