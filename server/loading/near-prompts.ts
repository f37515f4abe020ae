import type { Database } from "../storage/database.ts";
import { plainId, plainTurns } from "./find-doubles.ts";
import { promptPages } from "./prompt-pages.ts";

/** The prompts of a study, to be found by ids and texts that are nearly theirs. */
export class NearPrompts {
  readonly #byId = new Map<string, string>();
  readonly #byText = new Map<string, string>();

  /** Reads all prompts of the study, a page at a time. */
  static async of(database: Database, studyId: number): Promise<NearPrompts> {
    const near = new NearPrompts();
    for await (const page of promptPages(database, studyId)) {
      const rows = await database.read(({ db }) =>
        db
          .selectFrom("prompt as p")
          .leftJoin("prompt_text as t", "t.prompt_id", "p.id")
          .select(["p.external_id as id", "t.turns"])
          .where("p.study_id", "=", studyId)
          .where("p.id", ">", page.after)
          .where("p.id", "<=", page.last)
          .orderBy("p.id")
          .execute(),
      );
      for (const { id, turns } of rows) near.add(id, turns === null ? null : (JSON.parse(turns) as string[]));
    }
    return near;
  }

  /** The first of several that are nearly the same stays. */
  add(id: string, turns: readonly string[] | null): void {
    const key = plainId(id);
    if (!this.#byId.has(key)) this.#byId.set(key, id);
    const text = turns && keyOf(turns);
    if (text !== null && !this.#byText.has(text)) this.#byText.set(text, id);
  }

  /** The prompt that is meant by an id, or without one by a text; null where there is none. */
  find(id: string | null, turns: readonly string[] | null): string | null {
    if (id !== null) return this.#byId.get(plainId(id)) ?? null;
    return turns && (this.#byText.get(keyOf(turns)) ?? null);
  }

  /** Whether a prompt has this text, but for what differs when a text went through another program. */
  hasText(id: string, turns: readonly string[]): boolean {
    return this.#byText.get(keyOf(turns)) === id;
  }
}

const keyOf = (turns: readonly string[]): string => JSON.stringify(plainTurns(turns));
