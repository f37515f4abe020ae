import path from "node:path";
import { candidate, type Author, type Candidate } from "../candidate.ts";
import { BuildRefused } from "../errors.ts";
import { Spool, type Spooled } from "../spool.ts";
import type { Input } from "./input.ts";
import type { SourceTally } from "./tally.ts";
import { TopAnswers } from "./top-answers.ts";
import { attributeOf, numberOf, type XmlRow, xmlRows } from "./xml-rows.ts";

const QUESTION = 1;
const ANSWER = 2;
/** Since 2025 each site's dump has a made-up question and answer, with ids that no real post has (1000000001, 1000000010). */
const PLANTED_FROM = 1_000_000_000;
/** A Map holds so many. */
const QUESTIONS_MAX = 2 ** 24;

/**
 * The site of a file of a dump: as given, else the folder or the archive that Posts.xml comes in.
 * @throws BuildRefused where neither says it
 */
export function siteOf({ name, path: file }: Input, given: string | undefined): string {
  if (given !== undefined) return given.toLowerCase();
  const { base, dir } = path.parse(file ?? "");
  // Stack Overflow's dump is one archive per table: stackoverflow.com-Posts.7z.
  const stem = base.replace(/(\.xml|\.gz|\.zst|\.7z)+$/i, "").replace(/-posts$/i, "");
  const site = /^posts$/i.test(stem) ? path.basename(dir) : stem;
  if (/^([a-z\d-]+\.)+(com|net)$/i.test(site)) return site.toLowerCase();
  throw new BuildRefused(
    `The site of ${name} is not known, and every post is attributed to its site. Put Posts.xml into a folder ` +
      "named after the site, such as cooking.stackexchange.com, or write “site: cooking.stackexchange.com” into the recipe.",
  );
}

/**
 * The questions of one site's Posts.xml with their best answers, in the order of their ids; title and body are HTML, as published.
 * @throws BuildRefused where the file is no such dump, or cut off
 */
export async function* readStackExchange(
  input: Input,
  { site, tally }: { site: string; tally: SourceTally },
): AsyncGenerator<Candidate> {
  const spool = new Spool();
  try {
    const posts = new Posts(spool, tally, input.name);
    for await (const rows of xmlRows(input, tally)) for (const row of rows) posts.add(row);
    yield* posts.questions(site);
  } finally {
    spool.close();
  }
}

class Posts {
  readonly #questions = new Map<number, Spooled>();
  readonly #answers: TopAnswers;
  #answerCount = 0;

  constructor(
    readonly spool: Spool,
    readonly tally: SourceTally,
    readonly file: string,
  ) {
    this.#answers = new TopAnswers(spool);
  }

  add({ text, line }: XmlRow): void {
    const id = numberOf(text, "Id");
    const type = numberOf(text, "PostTypeId");
    if (id === null || type === null)
      return this.tally.fault({ file: this.file, line, why: `has no ${id === null ? "Id" : "PostTypeId"}` });
    if (id >= PLANTED_FROM) return this.tally.leave("planted by the publisher of the dump");
    if (type === QUESTION) this.#addQuestion(id, text, line);
    else if (type === ANSWER) this.#addAnswer(id, text, line);
    else this.tally.leave("neither questions nor answers");
  }

  #addQuestion(id: number, text: string, line: number): void {
    if (this.#questions.has(id))
      return this.tally.fault({ file: this.file, line, why: `has the Id ${id} of an earlier row` });
    if (this.#questions.size === QUESTIONS_MAX)
      throw new BuildRefused(
        `${this.file} has more than ${QUESTIONS_MAX.toLocaleString("en")} questions, which is more than can be read at once. Cut it down first.`,
      );
    this.#questions.set(id, this.spool.add(text));
  }

  #addAnswer(id: number, text: string, line: number): void {
    const question = numberOf(text, "ParentId");
    const score = numberOf(text, "Score");
    if (question === null || score === null)
      return this.tally.fault({
        file: this.file,
        line,
        why: `has no ${question === null ? "ParentId" : "Score"}`,
      });
    this.#answerCount++;
    this.#answers.add(String(question), { id: String(id), score, text });
  }

  *questions(site: string): Generator<Candidate> {
    this.tally.leave("answers", this.#answerCount);
    for (const [id, text] of [...this.#questions].sort(([a], [b]) => a - b)) {
      const row = this.spool.read(text);
      const title = attributeOf(row, "Title");
      const answer = this.#answers.of(String(id), attributeOf(row, "AcceptedAnswerId"));
      if (title === null || title.trim() === "") this.tally.leave("questions without a title");
      else yield questionOf(site, { id, row, title, answer });
    }
  }
}

function questionOf(
  site: string,
  {
    id,
    row,
    title,
    answer,
  }: { id: number; row: string; title: string; answer: ReturnType<TopAnswers["of"]> },
): Candidate {
  return candidate({
    id: `${site}/${id}`,
    group: site,
    texts: {
      title,
      body: attributeOf(row, "Body"),
      prompt: title,
      response: answer && attributeOf(answer.text, "Body"),
    },
    score: numberOf(row, "Score"),
    responseScore: answer?.score ?? null,
    isClosed: attributeOf(row, "ClosedDate") !== null,
    tags: tagsOf(attributeOf(row, "Tags") ?? ""),
    url: `https://${site}/questions/${id}`,
    authors: [authorOf("prompt", site, row), ...(answer ? [authorOf("response", site, answer.text)] : [])],
  });
}

/** Dumps write tags as <a><b> or as |a|b|. */
const tagsOf = (text: string): string[] => text.split(/[<>|]+/).filter((tag) => tag !== "");

function authorOf(of: Author["of"], site: string, row: string): Author {
  const user = numberOf(row, "OwnerUserId");
  const name = attributeOf(row, "OwnerDisplayName");
  const licence = attributeOf(row, "ContentLicense") ?? licenceAt(attributeOf(row, "CreationDate") ?? "");
  return {
    of,
    name: name ?? (user === null ? null : `user ${user}`),
    url: user === null ? null : `https://${site}/users/${user}`,
    licence,
  };
}

/** By the day of writing, where the row does not have it (meta.stackexchange.com, question 347758). @internal */
export function licenceAt(created: string): string | null {
  if (!/^\d{4}-\d\d-\d\d/.test(created)) return null;
  if (created < "2011-04-08") return "CC BY-SA 2.5";
  return created < "2018-05-02" ? "CC BY-SA 3.0" : "CC BY-SA 4.0";
}
