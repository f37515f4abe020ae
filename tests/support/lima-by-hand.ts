import fs from "node:fs";
import path from "node:path";
import { parse } from "csv-parse/sync";
import { parseDocument } from "htmlparser2";
import { chance } from "../../server/prompt-sets/chance.ts";
import { htmlToText } from "../../server/prompt-sets/steps/html-to-text.ts";
import { SITES } from "./made-up-sources.ts";

/**
 * LIMA's rules once more, as plainly as they can be written for the made-up sources: everything in memory, one loop after another.
 * Only the random numbers, and how HTML becomes text, are shared with the product; both have tests of their own.
 */
type Row = Record<string, string>;
interface Found {
  readonly id: string;
  readonly group: string;
  readonly score: number;
  readonly prompt: string;
  readonly response: string | null;
}
type Listed = readonly [string, string, string, string, string | null];

const STEM = new Set(["physics.stackexchange.com", "math.stackexchange.com"]);
const SPLITS = ["train", "dev", "test"];
const fold = (text: string): string => text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
/** Whether two folded texts share 80 % or more of their 5 characters in a row. */
function isNear(a: string, b: string): boolean {
  if (a === b) return true;
  const [one, other] = [pieces(a), pieces(b)];
  const both = [...one].filter((piece) => other.has(piece)).length;
  return both > 0 && both / (one.size + other.size - both) >= 0.8;
}
const known = new Map<string, ReadonlySet<string>>();
function pieces(text: string): ReadonlySet<string> {
  if (!known.has(text))
    known.set(text, new Set([...text.slice(4)].map((_one, at) => text.slice(at, at + 5))));
  return known.get(text)!;
}
const points = (text: string): number => [...text].length;

/** @param divided the paper's numbers are divided by this, and rounded up */
export function limaByHand(folder: string, seed: number, divided: number): Listed[] {
  const n = (count: number): number => Math.ceil(count / divided);
  const taken: string[] = [];
  const listed: Listed[] = [];
  const add = (
    name: string,
    all: readonly Found[],
    how: Parameters<typeof drawn>[2],
    into: readonly number[],
  ): void => {
    const once = all.filter(
      (one, at) => all.findIndex((other) => fold(other.prompt) === fold(one.prompt)) === at,
    );
    const found = drawn(once, { seed, name, taken, count: into.reduce((a, b) => a + b, 0) }, how);
    const order = [...found].sort(
      (a, b) => chance(seed, name, "split", a.id) - chance(seed, name, "split", b.id),
    );
    const splits = ["test", "dev", "train"].flatMap((split) =>
      Array.from({ length: into[SPLITS.indexOf(split)]! }, () => split),
    );
    for (const [at, one] of order.entries())
      listed.push([name, splits[at]!, one.id, one.prompt, one.response]);
  };
  const sites = SITES.toSorted().map((site) => ({ site, posts: postsOf(folder, site) }));
  for (const name of ["stem", "other"]) {
    const own = sites.filter(({ site }) => STEM.has(site) === (name === "stem"));
    const sizes = new Map(
      own.map(({ site, posts }) => [
        site,
        posts.filter((post) => post.PostTypeId === "1" && Number(post.Id) < 1e9).length,
      ]),
    );
    add(
      name,
      own.flatMap((one) => answeredIn(one, seed, name)),
      { groups: "temperature", best: true, sizes },
      [n(200), 0, 0],
    );
  }
  add("wikihow", wikihowIn(folder), { groups: "evenly", best: false }, [n(200), 0, 0]);
  const reddit = fs
    .readFileSync(path.join(folder, "reddit.ndjson"), "utf8")
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  add(
    "writing-prompts",
    redditIn(reddit, "WritingPrompts").filter(isGoodStory),
    { groups: "none", best: true },
    [n(150), 0, 0],
  );
  add("natural-instructions", tasksIn(folder), { groups: "once", best: false }, [n(50), 0, 0]);
  add("authors-a", authorsIn(folder, "a"), { groups: "none", best: false }, [n(200), n(50), 0]);
  add(
    "ask-reddit",
    redditIn(reddit, "AskReddit").filter((one) => one.body === "" && standsAlone(one.prompt)),
    { groups: "none", best: true },
    [0, 0, n(70)],
  );
  add("authors-b", authorsIn(folder, "b"), { groups: "none", best: false }, [0, 0, n(230)]);
  const names = [
    "stem",
    "other",
    "wikihow",
    "writing-prompts",
    "natural-instructions",
    "authors-a",
    "ask-reddit",
    "authors-b",
  ];
  return listed.sort(
    (a, b) =>
      SPLITS.indexOf(a[1]) - SPLITS.indexOf(b[1]) ||
      names.indexOf(a[0]) - names.indexOf(b[0]) ||
      (a[2] < b[2] ? -1 : 1),
  );
}

function postsOf(folder: string, site: string): Row[] {
  const text = fs.readFileSync(path.join(folder, "dumps", site, "Posts.xml"), "utf8");
  return text
    .split("\r\n")
    .filter((line) => /^ *<row .*\/>$/.test(line))
    .map((line) => {
      const [element] = parseDocument(line.trim(), { xmlMode: true }).children;
      return (element as unknown as { attribs: Row }).attribs;
    });
}

function answeredIn(
  { site, posts }: { site: string; posts: readonly Row[] },
  seed: number,
  name: string,
): Found[] {
  const found: Found[] = [];
  for (const question of posts.toSorted((a, b) => Number(a.Id) - Number(b.Id))) {
    if (question.PostTypeId !== "1" || Number(question.Id) >= 1e9 || question.ClosedDate !== undefined)
      continue;
    if (!standsAlone(question.Title!)) continue;
    const answers = posts.filter((post) => post.PostTypeId === "2" && post.ParentId === question.Id);
    const top = Math.max(...answers.map((answer) => Number(answer.Score)));
    const best = answers
      .filter((answer) => Number(answer.Score) === top)
      .sort((a, b) => Number(a.Id) - Number(b.Id));
    const answer = best.find(({ Id }) => Id === question.AcceptedAnswerId) ?? best[0];
    if (!answer || top < 10) continue;
    const response = htmlToText(answer.Body!);
    if (
      points(response) < 1200 ||
      points(response) > 4096 ||
      saysI(response) ||
      /as mentioned/i.test(response)
    )
      continue;
    const id = `${site}/${question.Id}`;
    const isTitle = question.Body === "" || chance(seed, name, "prompt", id) < 0.5;
    found.push({
      id,
      group: site,
      score: Number(question.Score),
      prompt: isTitle ? question.Title! : htmlToText(question.Body!),
      response,
    });
  }
  return found;
}

/** Outside of code and quotes; of the made-up sentences only one has it. */
const saysI = (text: string): boolean =>
  /(^|\s)I would/.test(
    text
      .split("\n")
      .filter((line) => !line.startsWith(">"))
      .join("\n"),
  );

const standsAlone = (title: string): boolean =>
  !/closed|this|picture|below|:$/.test(title) &&
  (/^(Why|How|What|Is|When) /.test(title) || title.endsWith("?")) &&
  title.split(" ").length >= 4;

function wikihowIn(folder: string): Found[] {
  const csv = fs.readFileSync(path.join(folder, "wikihowAll.csv"), "utf8");
  const rows = parse<Row>(csv, { columns: true });
  return rows
    .map(({ title, text }) => ({
      ...{ id: `wikihow/${title}`, group: "no category", score: 0 },
      prompt: title!.replace("Loaves2", "Loaves"),
      response: text!.replaceAll(/\.,\s*/g, ". ").replace(/^This article/, "The following answer"),
    }))
    .filter(({ response }) => points(response) >= 200);
}

type Thread = Found & { readonly body: string; readonly best: number };

function redditIn(rows: readonly Record<string, unknown>[], subreddit: string): Thread[] {
  return rows
    .filter(
      (row) =>
        row.subreddit === subreddit &&
        row.title !== undefined &&
        row.over_18 === false &&
        row.selftext !== "[deleted]",
    )
    .map((row) => {
      const comments = rows
        .filter((comment) => comment.parent_id === `t3_${String(row.id)}`)
        .sort((a, b) => Number(b.score) - Number(a.score));
      const [best] = comments;
      return {
        ...{
          id: `reddit/${String(row.id)}`,
          group: subreddit,
          score: Number(row.score),
          prompt: String(row.title),
          body: String(row.selftext),
        },
        ...{ response: best === undefined ? null : String(best.body), best: Number(best?.score ?? 0) },
      };
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

const isGoodStory = ({ response, best }: Thread): boolean =>
  response !== null && best >= 10 && points(response) >= 500 && points(response) <= 4096;

function tasksIn(folder: string): Found[] {
  const names = fs.readdirSync(path.join(folder, "tasks")).sort();
  return names.flatMap((file) => {
    const task = JSON.parse(fs.readFileSync(path.join(folder, "tasks", file), "utf8")) as {
      Definition: string[];
      Instances: { id: string; input: string; output: string[] }[];
    };
    const group = file.replace(".json", "");
    return task.Instances.map(({ id, input, output }) => ({
      ...{
        id: `${group}/${id}`,
        group,
        score: 0,
        prompt: `${task.Definition[0]}\n\n${input}`,
        response: output[0]!,
      },
    }));
  });
}

function authorsIn(folder: string, group: string): Found[] {
  const rows = fs
    .readFileSync(path.join(folder, `${group}.jsonl`), "utf8")
    .split("\n")
    .map((line) => JSON.parse(line) as Row);
  return rows
    .map((row) => ({ id: row.prompt_id!, group: "all", score: 0, prompt: row.prompt!, response: null }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function drawn(
  all: readonly Found[],
  { seed, name, taken, count }: { seed: number; name: string; taken: string[]; count: number },
  {
    groups,
    best,
    sizes,
  }: {
    groups: "none" | "temperature" | "evenly" | "once";
    best: boolean;
    sizes?: ReadonlyMap<string, number>;
  },
): Found[] {
  const at = (one: Found): number => chance(seed, name, "pick", one.id);
  let left = [...all].sort((a, b) => (best ? b.score - a.score : 0) || at(a) - at(b));
  const found: Found[] = [];
  for (let turn = 0; found.length < count && left.length > 0; turn++) {
    const names = groups === "none" ? [""] : [...new Set(left.map(({ group }) => group))].sort();
    const weights = names.map((group) => (groups === "temperature" ? Math.cbrt(sizes!.get(group)!) : 1));
    let rest = chance(seed, name, "group", turn) * weights.reduce((a, b) => a + b, 0);
    const group =
      groups === "none" ? "" : (names.find((_group, i) => (rest -= weights[i]!) < 0) ?? names.at(-1)!);
    const next = left.find((one) => groups === "none" || one.group === group)!;
    const isHeld = taken.some((other) => isNear(other, fold(next.prompt)));
    left = left.filter((one) => one !== next && !(groups === "once" && one.group === group && !isHeld));
    if (isHeld) continue;
    taken.push(fold(next.prompt));
    found.push(next);
  }
  return found;
}
