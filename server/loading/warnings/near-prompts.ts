import type { Database } from "../../storage/database.ts";
import { plainId, plainTurns } from "./find-doubles.ts";
import { promptTexts } from "./prompt-pages.ts";

/**
 * The prompts of a study, to be found by ids and texts that are nearly theirs. What a transaction adds is kept once it
 * has committed: one that is done again begins anew.
 */
export class NearPrompts {
  readonly #kept = new Found();
  #added = new Found();

  /** Reads all prompts of the study, a page at a time. */
  static async of(database: Database, studyId: number): Promise<NearPrompts> {
    const near = new NearPrompts();
    for await (const rows of promptTexts(database, studyId)) {
      for (const { id, turns } of rows) near.add(id, turns === null ? null : (JSON.parse(turns) as string[]));
    }
    near.keep();
    return near;
  }

  /** A transaction begins: what one before it added and did not keep is forgotten. */
  begin(): void {
    this.#added = new Found();
  }

  /** The transaction has committed. */
  keep(): void {
    for (const [key, id] of this.#added.byId) this.#kept.byId.set(key, id);
    for (const [text, id] of this.#added.byText) this.#kept.byText.set(text, id);
    this.begin();
  }

  /** The first of several that are nearly the same stays. */
  add(id: string, turns: readonly string[] | null): void {
    if (this.#named(id) === undefined) this.#added.byId.set(plainId(id), id);
    if (turns !== null && this.#saying(turns) === undefined) this.#added.byText.set(keyOf(turns), id);
  }

  /** The prompt that is meant by an id, or without one by a text; null where there is none. */
  find(id: string | null, turns: readonly string[] | null): string | null {
    if (id !== null) return this.#named(id) ?? null;
    return turns && (this.#saying(turns) ?? null);
  }

  /** Whether a prompt has this text, but for what differs when a text went through another program. */
  hasText(id: string, turns: readonly string[]): boolean {
    return this.#saying(turns) === id;
  }

  #named(id: string): string | undefined {
    const key = plainId(id);
    return this.#kept.byId.get(key) ?? this.#added.byId.get(key);
  }

  #saying(turns: readonly string[]): string | undefined {
    const key = keyOf(turns);
    return this.#kept.byText.get(key) ?? this.#added.byText.get(key);
  }
}

/** The ids of prompts, by plain id and by plain text. */
class Found {
  readonly byId = new Map<string, string>();
  readonly byText = new Map<string, string>();
}

const keyOf = (turns: readonly string[]): string => JSON.stringify(plainTurns(turns));
