import type { FastifyInstance } from "fastify";
import {
  type Entry,
  entrySchema,
  type EntryReply,
  type EntryState,
  type EntryStep,
} from "../../../server/contract/entry.ts";
import type { Work } from "../../../server/contract/judging.ts";
import { bearer } from "../../support/app.ts";

/** Every stage, as an owner would set it. */
export const FULL = {
  information: { text: "Judge **answers**.", contact: "A lab, lab@example.org", pay: "4.50 for all" },
  consent: { text: "I take part freely.", statements: ["I am 18 or over."] },
  questions: [
    {
      ...{ id: "english", kind: "choice", question: "Do you read English?", required: true },
      options: [
        { value: "yes", label: "Yes" },
        { value: "no", label: "No", excludes: true },
      ],
    },
    { id: "age", kind: "number", question: "How old are you?", min: 18, max: 120 },
  ],
  practice: [
    { prompt: "1 + 1?", left: "2", right: "3", expected: ["left"], explanation: "**2** is right." },
    { prompt: "2 + 2?", left: "5", right: "4", expected: ["right"], explanation: "4 is right." },
  ],
  qualification: {
    pairs: [
      { prompt: "3 + 3?", left: "6, left", right: "7, right", expected: ["left"] },
      { prompt: "4 + 4?", left: "8, left", right: "9, right", expected: ["left"] },
    ],
    ...{ pass: 2, tries: 2 },
  },
};

export const entryOf = (given: object): Entry => entrySchema.parse(given);

/** An annotator's browser, by the interface alone. */
export function comer(app: FastifyInstance, token: string) {
  const headers = bearer(token);
  const call = async <Reply>(method: "GET" | "POST", url: string, payload?: object): Promise<Reply> => {
    const reply = await app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
    if (reply.statusCode !== 200) throw new Error(`${reply.statusCode} ${reply.body}`);
    return reply.json<Reply>();
  };
  const step = (what: EntryStep) => call<EntryReply>("POST", "/api/judge/entry", what);
  return {
    step,
    state: (language = "en") => call<EntryState>("GET", `/api/judge/entry?language=${language}`),
    work: () => call<Work>("POST", "/api/judge/work", { holding: [] }),
    /** Agrees to what the server shows now, or refuses it. */
    async decide(agrees: boolean) {
      const { page } = await this.state();
      return step({ stage: "consent", version: page.kind === "consent" ? page.version : "none", agrees });
    },
    /** Judges the pair that the server shows now: as expected, or the other way. */
    async judge(isRight: boolean) {
      const { page } = await this.state();
      if (page.kind !== "practice" && page.kind !== "qualification") throw new Error(`at ${page.kind}`);
      const { kind: stage, attempt, number, view } = page;
      const isLeft = stage === "practice" ? number === 1 : (view.left[0] ?? "").includes("left");
      const choice = isLeft === isRight ? "left" : "right";
      return step({ stage, attempt, number, choice, activeMs: 6000 });
    },
  };
}
