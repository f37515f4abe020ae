import { candidate, type Candidate, FIELDS, withText } from "../candidate.ts";
import { Spool, type Spooled } from "../spool.ts";
import type { Input } from "./input.ts";
import { jsonRows, type JsonRow, LINE, numberIn, textIn } from "./json-lines.ts";
import type { SourceTally } from "./tally.ts";
import { TopAnswers } from "./top-answers.ts";

/** What stands in place of a text that its author or a moderator has taken away. */
const GONE = new Set(["[deleted]", "[removed]", "[ Removed by Reddit ]"]);

/**
 * The submissions of Reddit dumps (Pushshift's or Arctic Shift's NDJSON), each with its best comment that answers the submission
 * itself, where a file has comments. Deleted and removed texts are left out, and no user's name is kept.
 * @param wanted.subreddits only these, whatever their capitals; undefined: all
 */
export async function* readReddit(
  inputs: readonly Input[],
  { subreddits, tally }: { subreddits: readonly string[] | undefined; tally: SourceTally },
): AsyncGenerator<Candidate> {
  const spool = new Spool();
  try {
    const threads = new Threads(spool, tally, subreddits);
    for (const input of inputs) for await (const row of jsonRows(input, tally)) threads.add(row, input.name);
    yield* threads.submissions();
  } finally {
    spool.close();
  }
}

class Threads {
  readonly #submissions = new Map<string, Spooled>();
  readonly #comments: TopAnswers;
  readonly #wanted: ReadonlySet<string> | null;
  #commentCount = 0;

  constructor(
    readonly spool: Spool,
    readonly tally: SourceTally,
    subreddits: readonly string[] | undefined,
  ) {
    this.#comments = new TopAnswers(spool);
    this.#wanted = subreddits ? new Set(subreddits.map((name) => name.toLowerCase())) : null;
  }

  add(row: JsonRow, file: string): void {
    const id = textIn(row, "id");
    const subreddit = textIn(row, "subreddit");
    if (id === null || subreddit === null)
      return this.tally.fault({ file, line: row[LINE], why: `has no ${id === null ? "id" : "subreddit"}` });
    if (this.#wanted !== null && !this.#wanted.has(subreddit.toLowerCase()))
      return this.tally.leave("of other subreddits");
    if (isTakenBack(row)) return this.tally.leave("deleted or removed");
    const title = textIn(row, "title");
    if (title !== null) this.#addSubmission(row, { id, subreddit, title, file });
    else if (textIn(row, "body") !== null) this.#addComment(id, row);
    else this.tally.fault({ file, line: row[LINE], why: "has neither a title nor a body" });
  }

  #addSubmission(row: JsonRow, given: { id: string; subreddit: string; title: string; file: string }): void {
    const { id, subreddit, title, file } = given;
    if (this.#submissions.has(id))
      return this.tally.fault({ file, line: row[LINE], why: `has the id ${id} of an earlier row` });
    const kept = {
      ...{ id, subreddit, title },
      body: textIn(row, "selftext") ?? "",
      score: numberIn(row, "score"),
      isAdult: row.over_18 === true,
      permalink: textIn(row, "permalink"),
    };
    this.#submissions.set(id, this.spool.add(JSON.stringify(kept)));
  }

  #addComment(id: string, row: JsonRow): void {
    this.#commentCount++;
    const thread = textIn(row, "link_id")?.replace(/^t3_/, "");
    if (thread === undefined || textIn(row, "parent_id") !== `t3_${thread}`) return;
    this.#comments.add(thread, { id, score: numberIn(row, "score") ?? 0, text: textIn(row, "body") ?? "" });
  }

  *submissions(): Generator<Candidate> {
    this.tally.leave("comments", this.#commentCount);
    for (const id of [...this.#submissions.keys()].sort()) {
      const kept = JSON.parse(this.spool.read(this.#submissions.get(id)!)) as Kept;
      yield submissionOf(kept, this.#comments.of(id, null));
    }
  }
}

interface Kept {
  readonly id: string;
  readonly subreddit: string;
  readonly title: string;
  readonly body: string;
  readonly score: number | null;
  readonly isAdult: boolean;
  readonly permalink: string | null;
}

function submissionOf(kept: Kept, answer: ReturnType<TopAnswers["of"]>): Candidate {
  const { id, subreddit, title, body, score, isAdult, permalink } = kept;
  const encoded = candidate({
    id: `reddit/${id}`,
    group: subreddit.toLowerCase(),
    texts: { title, body, prompt: title, response: answer?.text ?? null },
    ...{ score, isAdult },
    responseScore: answer?.score ?? null,
    url: permalink === null ? `https://www.reddit.com/comments/${id}` : `https://www.reddit.com${permalink}`,
  });
  return FIELDS.reduce((one, field) => {
    const text = one.texts[field];
    return text === null ? one : withText(one, field, decoded(text), "encoded characters decoded");
  }, encoded);
}

const CHARACTERS: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">" };

/** Reddit writes these three characters as entities in titles and texts, and its editor an entity for an empty line. */
const decoded = (text: string): string =>
  text.replace(/&amp;#x200b;/gi, "").replace(/&(amp|lt|gt);/g, (_entity, name: string) => CHARACTERS[name]!);

/** By the author or a moderator, then or later: such a text is not for use. */
function isTakenBack(row: JsonRow): boolean {
  const meta = row._meta as { was_deleted_later?: unknown } | undefined;
  const texts = [textIn(row, "title"), textIn(row, "selftext"), textIn(row, "body"), textIn(row, "author")];
  return meta?.was_deleted_later === true || texts.some((text) => text !== null && GONE.has(text.trim()));
}
