import type { Spool, Spooled } from "../spool.ts";
import { languageCode } from "../steps/language.ts";
import { numberIn, textIn } from "./json-lines.ts";
import type { KeptConversation } from "./kept-conversation.ts";
import type { SourceTally } from "./tally.ts";
import { TopAnswers } from "./top-answers.ts";

type Row = Readonly<Record<string, unknown>>;

/** Toxicity from which the classifier's score is written down, of a number from 0 to 1: ours. */
const TOXIC_FROM = 0.5;
/** Behind all that people have ranked. */
const UNRANKED = 1_000_000;

/** The messages of OASST, one per row in any order: what has no parent is a prompt, and its best-ranked reply the response. */
export class OasstMessages {
  readonly #prompts = new Map<string, Spooled>();
  readonly #replies: TopAnswers;
  #replyCount = 0;

  constructor(
    readonly spool: Spool,
    readonly tally: SourceTally,
  ) {
    this.#replies = new TopAnswers(spool);
  }

  add(row: Row, where: { readonly file: string; readonly line: number }): void {
    const id = textIn(row, "message_id");
    const text = textIn(row, "text");
    const parent = textIn(row, "parent_id");
    if (id === null || text === null)
      return this.tally.fault({ ...where, why: `has no ${id === null ? "message_id" : "text"}` });
    if (row.deleted === true) return this.tally.leave("deleted");
    if (row.review_result === false) return this.tally.leave("rejected by its reviewers");
    if (parent !== null) {
      this.#replyCount++;
      if (row.role === "assistant")
        this.#replies.add(parent, { id, score: -(numberIn(row, "rank") ?? UNRANKED), text });
      return;
    }
    if (this.#prompts.has(id)) return this.tally.leave("the same conversation again");
    const lang = textIn(row, "lang");
    const kept: Omit<KeptConversation, "response"> = {
      ...{ id, prompt: text, model: null, isRedacted: false, isLonger: false },
      language: lang === null ? null : languageCode(lang),
      unsafe: toxicityIn(row.detoxify),
    };
    this.#prompts.set(id, this.spool.add(JSON.stringify(kept)));
  }

  /** Adds the prompts with their replies to what is known. */
  finish(known: Map<string, Spooled>): void {
    this.tally.leave("replies", this.#replyCount);
    for (const [id, spooled] of this.#prompts) {
      const kept = JSON.parse(this.spool.read(spooled)) as Omit<KeptConversation, "response">;
      const response = this.#replies.of(id, null)?.text ?? null;
      known.set(id, this.spool.add(JSON.stringify({ ...kept, response })));
    }
  }
}

function toxicityIn(scores: unknown): string[] {
  const toxicity = typeof scores === "object" && scores !== null ? numberIn(scores as Row, "toxicity") : null;
  return (toxicity ?? 0) >= TOXIC_FROM ? [`toxicity of ${TOXIC_FROM} or more by Detoxify`] : [];
}
