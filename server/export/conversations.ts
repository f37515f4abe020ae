import type { Reader } from "../storage/database.ts";
import { statement } from "../storage/statement.ts";
import type { ExportedJudgment } from "./exported-judgment.ts";
import type { JudgmentChunk } from "./read-judgments.ts";

export interface Message {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

type Keys = ExportedJudgment["keys"];
interface PromptText {
  readonly turns: readonly string[];
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** The texts that the judgments of a chunk are about. */
export class Texts {
  readonly #prompts: ReadonlyMap<number, PromptText>;
  readonly #responses: ReadonlyMap<string, readonly string[]>;

  constructor(prompts: ReadonlyMap<number, PromptText>, responses: ReadonlyMap<string, readonly string[]>) {
    this.#prompts = prompts;
    this.#responses = responses;
  }

  /** A field that was loaded with the prompt, where it is a text. */
  promptField({ prompt }: Keys, field: string): string | null {
    const value = this.#prompts.get(prompt)?.metadata[field];
    return typeof value === "string" ? value : null;
  }

  /**
   * What both systems were asked and answered, up to the judged turn, or else up to the last one that both have.
   * @returns null where a text was never loaded
   */
  conversations(judgment: ExportedJudgment, upTo: "judged turn" | "last turn"): Conversations | null {
    const { keys, turn } = judgment;
    const asked = this.#prompts.get(keys.prompt)?.turns;
    const left = this.#responses.get(responseKey(keys.prompt, keys.left));
    const right = this.#responses.get(responseKey(keys.prompt, keys.right));
    if (!asked || !left || !right) return null;
    const last = Math.min(asked.length, left.length, right.length);
    if (last < turn) return null;
    const turns = upTo === "judged turn" ? turn : last;
    const told = this.promptField(keys, "system_message");
    const messagesOf = (answered: readonly string[]): Message[] => [
      ...(told === null ? [] : [{ role: "system" as const, content: told }]),
      ...asked.slice(0, turns).flatMap((content, i): Message[] => [
        { role: "user", content },
        { role: "assistant", content: answered[i]! },
      ]),
    ];
    return { left: messagesOf(left), right: messagesOf(right) };
  }
}

interface Conversations {
  readonly left: readonly Message[];
  readonly right: readonly Message[];
}

export const NO_TEXTS = new Texts(new Map(), new Map());

const responseKey = (prompt: number, system: number): string => `${prompt} ${system}`;

type Range = { study: number; after: number; end: number };

const promptTexts = statement<Range, { prompt_id: number; turns: string; metadata: string }>((db, param) =>
  db
    .selectFrom("comparison as c")
    .innerJoin("prompt_text as t", "t.prompt_id", "c.prompt_id")
    .innerJoin("load as l", "l.id", "t.load_id")
    .select(["t.prompt_id", "t.turns", "t.metadata"])
    .distinct()
    .where("l.state", "=", "published")
    .where("c.study_id", "=", param("study"))
    .where("c.id", ">", param("after"))
    .where("c.id", "<=", param("end")),
);

const responseTexts = statement<Range, { prompt_id: number; system_id: number; turns: string }>((db, param) =>
  db
    .selectFrom("comparison as c")
    .innerJoin("response as r", (join) =>
      join
        .onRef("r.prompt_id", "=", "c.prompt_id")
        .on((eb) =>
          eb.or([
            eb("r.system_id", "=", eb.ref("c.low_system_id")),
            eb("r.system_id", "=", eb.ref("c.high_system_id")),
          ]),
        ),
    )
    .innerJoin("load as l", "l.id", "r.load_id")
    .select(["r.prompt_id", "r.system_id", "r.turns"])
    .where("l.state", "=", "published")
    .where("c.study_id", "=", param("study"))
    .where("c.id", ">", param("after"))
    .where("c.id", "<=", param("end")),
);

/** Reads the texts of one chunk's comparisons, whose number bounds the memory it takes. */
export async function textsOf(reader: Reader, study: number, chunk: JudgmentChunk): Promise<Texts> {
  const range = { study, after: chunk.after, end: chunk.end };
  const prompts = new Map<number, PromptText>();
  for (const row of await reader.run(promptTexts, range)) {
    prompts.set(row.prompt_id, {
      turns: JSON.parse(row.turns) as string[],
      metadata: JSON.parse(row.metadata) as Record<string, unknown>,
    });
  }
  const responses = new Map<string, readonly string[]>();
  for (const row of await reader.run(responseTexts, range)) {
    const key = responseKey(row.prompt_id, row.system_id);
    if (!responses.has(key)) responses.set(key, JSON.parse(row.turns) as string[]);
  }
  return new Texts(prompts, responses);
}
