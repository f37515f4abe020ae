import type { Spool, Spooled } from "../spool.ts";

/** An answer that no other answer to its question has beaten. */
interface Rival {
  readonly id: string;
  readonly text: Spooled;
}

interface Best {
  readonly score: number;
  readonly rivals: Rival[];
}

/**
 * The best answer to each question, of answers in any order: the highest score; of equals the accepted one, then the lowest id.
 * Texts are put aside, so memory holds a few numbers per question.
 */
export class TopAnswers {
  readonly #best = new Map<string, Best>();

  constructor(readonly spool: Spool) {}

  add(question: string, { id, score, text }: { id: string; score: number; text: string }): void {
    const best = this.#best.get(question);
    if (best && score < best.score) return;
    const rival = { id, text: this.spool.add(text) };
    if (best?.score === score) best.rivals.push(rival);
    else this.#best.set(question, { score, rivals: [rival] });
  }

  /** @param accepted the id of the answer that the asker accepted */
  of(
    question: string,
    accepted: string | null,
  ): { readonly id: string; readonly score: number; readonly text: string } | null {
    const best = this.#best.get(question);
    if (!best) return null;
    const rival =
      best.rivals.find(({ id }) => id === accepted) ??
      best.rivals.reduce((a, b) => (isBefore(b.id, a.id) ? b : a));
    return { id: rival.id, score: best.score, text: this.spool.read(rival.text) };
  }
}

/** Ids are numbers, or numbers in base 36: the shorter one came first. */
const isBefore = (a: string, b: string): boolean => (a.length === b.length ? a < b : a.length < b.length);
