import type { LoadRecord } from "./reading/records.ts";
import { isFilled, isFreeText, type Likeness, likenesses } from "./reading/vocabulary.ts";
import { someOf } from "./remarks.ts";

/** Rows whose values are looked at. */
const ROWS_LOOKED_AT = 200;
const COLUMNS_MAX = 200;

/** What this program puts among the metadata itself. */
const OWN: ReadonlySet<string> = new Set([
  "system_message",
  "game",
  "judge_template",
  "user_prompt",
  "preference",
  ...["ratings", "scores", "example_score", "ranks"],
]);

interface Column {
  likeness: Likeness | null;
  inner: string;
  isText: boolean;
}

/** The columns of a file that become metadata, and which of them look like more than that. */
export class KeptColumns {
  readonly #columns = new Map<string, Column>();
  #rows = 0;
  #promptsWithoutId = 0;
  #hasPrompt = false;

  see(record: LoadRecord): void {
    this.#hasPrompt ||= record.kind === "prompt" || record.promptTurns !== null;
    if (record.kind === "prompt" && record.promptId === null) this.#promptsWithoutId++;
    if (!("metadata" in record)) return;
    const isLookedAt = this.#rows++ < ROWS_LOOKED_AT;
    for (const name of Object.keys(record.metadata)) {
      const column = this.#columns.get(name);
      if (column && !isLookedAt) continue;
      this.#note(name, record.metadata[name], column);
    }
  }

  #note(name: string, value: unknown, there: Column | undefined): void {
    if (!there && this.#columns.size >= COLUMNS_MAX) return;
    const column = there ?? { likeness: null, inner: name, isText: false };
    this.#columns.set(name, column);
    if (OWN.has(name) || !isFilled(value)) return;
    const [found] = likenesses(name, value);
    if (found && column.likeness === null) [column.inner, column.likeness] = found;
    column.isText ||= isFreeText(name, value);
  }

  get names(): string[] {
    return [...this.#columns.keys()];
  }

  /** One remark for all columns that look like something, and one for an id that nobody uses. */
  remarks(): { name: string; message: string }[] {
    const suspicious = [...this.#columns.values()].filter(
      ({ likeness, isText }) => (likeness !== null && likeness !== "id") || (likeness === null && isText),
    );
    const remarks = [];
    if (suspicious.length > 0) {
      const what = suspicious.map(({ inner, likeness }) => `${inner} (${LIKE[likeness ?? "text"]})`);
      const [first] = suspicious;
      const likeness = first?.likeness ?? "text";
      const more = likeness === "part of the prompt" && this.#hasPrompt ? "prompt+" : "";
      const remedy = `A mapping gives a column a meaning (FILE:${OURS[likeness]}=${more}${first?.inner ?? ""}) or leaves it out (FILE:${first?.inner.split(".")[0] ?? ""}=).`;
      const message = `Kept as metadata, and in no figure: ${someOf(what, what.length, 10)}. ${remedy}`;
      remarks.push({ name: "ColumnsKept", message });
    }
    const id = this.#idToOffer();
    if (id !== null) {
      const message = `${id} looks like the prompts' id. Prompts go by their text here; to go by it, load the file with FILE:prompt_id=${id}.`;
      remarks.push({ name: "IdNotUsed", message });
    }
    return remarks;
  }

  #idToOffer(): string | null {
    if (this.#promptsWithoutId === 0) return null;
    const ids = [...this.#columns].filter(
      ([, { likeness, inner }]) => likeness === "id" && !inner.includes("."),
    );
    return ids[0]?.[0] ?? null;
  }
}

/** As what a column of this look is often meant. */
const OURS: Record<Likeness | "text", string> = {
  vote: "winner",
  score: "strength",
  output: "output",
  "part of the prompt": "prompt",
  system: "system",
  id: "prompt_id",
  text: "rationale",
};

const LIKE: Record<Likeness | "text", string> = {
  vote: "looks like a verdict",
  score: "looks like a score or a label",
  output: "looks like an output",
  "part of the prompt": "may be a part of the prompt",
  system: "looks like a system's name",
  id: "looks like an id",
  text: "holds text",
};
