import fs from "node:fs";
import path from "node:path";
import { rowOf, writeSite } from "./prompt-dumps.ts";
import { randomBelow, seededRandom } from "../../server/statistics/resampling/random.ts";

/** The sites of the made-up dump: STEM and other ones, of different sizes. */
export const SITES = [
  "physics.stackexchange.com",
  "math.stackexchange.com",
  "cooking.stackexchange.com",
  "history.stackexchange.com",
];
const SIZES = [260, 60, 150, 40];

const NOUNS = [
  "bread",
  "gravity",
  "a prime",
  "the moon",
  "rice",
  "a treaty",
  "heat",
  "steel",
  "yeast",
  "a river",
];
const STARTS = ["Why does", "How can", "What makes", "Is it true that", "When did"];
const ENDS = [
  "rise",
  "fall apart",
  "change so slowly",
  "last",
  "matter in this case",
  "work, as in the picture below",
  "end",
];
const WORDS =
  "water rests while energy flows from warm to cold and flour takes salt slowly until the dough is soft enough to fold".split(
    " ",
  );

/** Writes one file of each source that LIMA's recipe reads, with borderline and broken rows among them. The same seed writes the same. */
export function madeUpSources(folder: string, seed: number): void {
  const random = seededRandom(String(seed));
  const int = (low: number, high: number): number => low + randomBelow(random, high - low + 1);
  const one = <T>(all: readonly T[]): T => all[int(0, all.length - 1)]!;
  const words = (count: number): string => Array.from({ length: count }, () => one(WORDS)).join(" ");
  const title = (): string =>
    `${one(STARTS)} ${one(NOUNS)} ${one(ENDS)}${one(["?", "?", "?", "", ":", "? [closed]"])}`;
  const tail = (): string =>
    one([
      "",
      "",
      "",
      "<p>I would do so.</p>",
      "<p>The I/O is slow.</p>",
      "<p>As mentioned, rest it.</p>",
      "<pre><code>my $x = I;\n</code></pre>",
      "<blockquote><p>I said so.</p></blockquote>",
      "<ul><li>salt</li><li>rice</li></ul>",
      '<p><a href="https://a.b">https://a.b</a> <img src="x"></p>',
    ]);
  const body = (): string => `<p>${words(int(60, 900))}.</p>${tail()}`;
  for (const [at, site] of SITES.entries())
    writeSite(path.join(folder, "dumps"), site, siteRows(SIZES[at]!, { int, one, title, body }));
  const csv = Array.from(
    { length: 60 },
    (_row, at) =>
      `"Do it.","How to Bake ${at} Loaves${one(["", "2"])}","${one(["This article says ", ""])}${words(int(20, 90))}.,${words(3)}"`,
  );
  fs.writeFileSync(path.join(folder, "wikihowAll.csv"), ["headline,title,text", ...csv].join("\n"));
  fs.writeFileSync(
    path.join(folder, "reddit.ndjson"),
    redditRows({ int, one, title, words })
      .map((row) => JSON.stringify(row))
      .join("\n"),
  );
  fs.mkdirSync(path.join(folder, "tasks"), { recursive: true });
  for (let task = 0; task < 8; task++) {
    const Instances = Array.from({ length: int(1, 5) }, (_row, at) => ({
      id: `task${task}-${at}`,
      input: words(6),
      output: [words(4)],
    }));
    fs.writeFileSync(
      path.join(folder, "tasks", `task${task}_x.json`),
      JSON.stringify({ Definition: [`Do the task ${task}.`], Instances }),
    );
  }
  for (const group of ["a", "b"])
    fs.writeFileSync(
      path.join(folder, `${group}.jsonl`),
      Array.from({ length: 40 }, (_row, at) =>
        JSON.stringify({ prompt_id: `${group}${at}`, prompt: `Write of ${words(2)} ${group} ${at % 37}.` }),
      ).join("\n"),
    );
}

interface Making {
  readonly int: (low: number, high: number) => number;
  readonly one: <T>(all: readonly T[]) => T;
  readonly title: () => string;
}

function siteRows(size: number, { int, one, title, body }: Making & { body: () => string }): string[] {
  const rows: string[] = [];
  for (let id = 1, question = 0; question < size; question++) {
    const Id = id++;
    const answers = int(0, 3);
    const accepted = answers > 0 && int(0, 1) === 1 ? Id + int(1, answers) : undefined;
    const ClosedDate = int(0, 9) === 0 ? "2020-01-01T00:00:00.000" : undefined;
    rows.push(
      rowOf({
        Id,
        PostTypeId: 1,
        AcceptedAnswerId: accepted,
        Score: int(-3, 60),
        Body: body(),
        Title: title(),
        ClosedDate,
        CreationDate: "2016-01-01T00:00:00.000",
      }),
    );
    for (let answer = 0; answer < answers; answer++)
      rows.push(
        rowOf({
          Id: id++,
          PostTypeId: 2,
          ParentId: Id,
          Score: one([9, 10, 11, int(0, 40)]),
          Body: body(),
          CreationDate: "2019-01-01T00:00:00.000",
        }),
      );
    if (question % 40 === 7) rows.push('  <row Id="broken');
  }
  return [
    ...rows,
    rowOf({ Id: 1_000_000_001, PostTypeId: 1, Score: 99, Title: "Why does it lie so well here?", Body: "" }),
  ];
}

function redditRows({ int, one, title, words }: Making & { words: (count: number) => string }): object[] {
  return Array.from({ length: 90 }, (_row, at) => {
    const id = at.toString(36);
    const subreddit = one(["AskReddit", "WritingPrompts", "pics"]);
    const post = {
      id,
      subreddit,
      title: `${title()}`,
      selftext: one(["", "", "", "more", "[deleted]"]),
      score: int(0, 30),
      over_18: int(0, 9) === 0,
    };
    const comments = Array.from({ length: int(0, 2) }, (_comment, n) => ({
      ...{
        id: `${id}${n}`,
        subreddit,
        link_id: `t3_${id}`,
        parent_id: one([`t3_${id}`, `t3_${id}`, "t1_x"]),
      },
      ...{ body: words(int(80, 200)), score: int(8, 20) },
    }));
    return [post, ...comments];
  }).flat();
}
