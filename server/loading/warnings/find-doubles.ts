import type { Database } from "../../storage/database.ts";
import { placeIn } from "../reading/place.ts";
import { promptPages, promptTexts } from "./prompt-pages.ts";
import { type Remarks, shorten } from "../remarks.ts";
import { idFromHash, idFromPair } from "../text.ts";

interface Examined {
  readonly studyId: number;
  readonly loadIds: ReadonlySet<number>;
  readonly into: Remarks;
}

/**
 * Remarks on prompts that stand several times in the study, with the same text under several ids: each names the first of
 * them, so that there are never more remarks than prompts.
 */
export async function findSameTexts(database: Database, { studyId, loadIds, into }: Examined): Promise<void> {
  const since = Math.min(...loadIds);
  for await (const page of promptPages(database, studyId)) {
    const rows = await database.read(({ db }) =>
      db
        .selectFrom("prompt_text as t")
        .innerJoin(
          (from) =>
            from
              .selectFrom("prompt_text")
              .select((column) => ["content_hash", column.fn.min<number>("prompt_id").as("prompt_id")])
              .where("study_id", "=", studyId)
              .where("content_hash", "in", (hashes) =>
                hashes
                  .selectFrom("prompt_text")
                  .select("content_hash")
                  .where("study_id", "=", studyId)
                  .where("prompt_id", ">", page.after)
                  .where("prompt_id", "<=", page.last),
              )
              .groupBy("content_hash")
              .as("first"),
          (on) =>
            on
              .onRef("first.content_hash", "=", "t.content_hash")
              .onRef("first.prompt_id", "<", "t.prompt_id"),
        )
        .innerJoin("prompt_text as o", "o.prompt_id", "first.prompt_id")
        .innerJoin("prompt as p", "p.id", "t.prompt_id")
        .innerJoin("prompt as q", "q.id", "o.prompt_id")
        .innerJoin("load as l", "l.id", "t.load_id")
        .innerJoin("load as m", "m.id", "o.load_id")
        .select([
          "p.external_id as prompt",
          "q.external_id as other",
          "t.load_row as row",
          "o.load_row as otherRow",
        ])
        .select([
          "l.file_name as file",
          "m.file_name as otherFile",
          "t.load_id as loadId",
          "o.load_id as otherLoad",
        ])
        .where("t.study_id", "=", studyId)
        .where("t.prompt_id", ">", page.after)
        .where("t.prompt_id", "<=", page.last)
        .orderBy("t.prompt_id")
        .execute(),
    );
    for (const { prompt, other, row, file, otherFile, otherRow, loadId, otherLoad } of rows) {
      if (Math.max(loadId, otherLoad) < since) continue;
      const message =
        idFromPair(prompt) && idFromPair(other)
          ? "This prompt stands in another pair, too: each pair is a prompt of its own here, with outputs of its own."
          : `The prompts “${prompt}” and “${other}” (${placeIn(otherFile, otherRow)}) have the same text: they are two prompts here, each with outputs of its own. If they are meant to be one, tiebreak rename STUDY --prompt OLD=NEW --merge makes them one.`;
      into.add({ name: "PromptTwice", file, line: row, message });
    }
  }
}

/** A prompt as it is compared with others that may be meant to be the same. */
interface Near {
  readonly id: string;
  readonly text: string | null;
}

const PROMPTS_MAX = 200_000;

/**
 * Remarks on prompts that are nearly another one: by their ids (`1.0` and `1`, `007` and `7`), where one of the two has no
 * text; by their texts, where they differ only in white space or in how accents are composed.
 * @param lacking whether some system lacks outputs, or some prompt its text: nothing is looked for otherwise
 */
export async function findNearMatches(
  database: Database,
  { studyId, into, lacking }: Omit<Examined, "loadIds"> & { lacking: boolean },
): Promise<void> {
  if (!lacking) return;
  const byId = new Map<string, Near>();
  const byText = new Map<string, Near>();
  let seen = 0;
  for await (const rows of promptTexts(database, studyId)) {
    if ((seen += rows.length) > PROMPTS_MAX) return;
    for (const row of rows) {
      const one = { id: row.id, text: row.turns };
      compareIds(byId, one, into);
      if (one.text !== null) compareTexts(byText, one, into);
    }
  }
}

function compareIds(byId: Map<string, Near>, one: Near, into: Remarks): void {
  const key = plainId(one.id);
  const other = byId.get(key);
  if (!other) return void byId.set(key, one);
  if (other.id === one.id || (other.text !== null && one.text !== null)) return;
  const advice = "If they are the same, write the ids alike, or load the file with --near.";
  say(into, "IdNearlySame", `The prompt “${one.id}” may be “${other.id}”. ${advice}`);
}

function compareTexts(byText: Map<string, Near>, one: Near, into: Remarks): void {
  const turns = JSON.parse(one.text ?? "[]") as string[];
  const key = JSON.stringify(plainTurns(turns));
  const other = byText.get(key);
  if (!other) return void byText.set(key, one);
  if (other.text === one.text) return; // the same text under two ids has a warning of its own
  const advice = "If they are the same, load the file with --near.";
  say(
    into,
    "PromptNearlySame",
    `The prompt ${shownPrompt(one.id, turns)} differs only in white space or accents from ${shownPrompt(other.id, JSON.parse(other.text ?? "[]") as string[])}. ${advice}`,
  );
}

const say = (into: Remarks, name: string, message: string): void =>
  into.add({ name, file: "", line: 0, message });

/** By its id, or by its text where the id was made of that. */
const shownPrompt = (id: string, turns: readonly string[]): string =>
  idFromHash(id) ? shorten(turns.join(" / ")) : `“${id}”`;

/** An id without what spreadsheets and pandas do to numbers. */
export const plainId = (id: string): string =>
  /^\s*\d+(\.0+)?\s*$/.test(id)
    ? id
        .trim()
        .replace(/\.0+$/, "")
        .replace(/^0+(?=\d)/, "")
    : id.trim();

/** Texts without what differs when they went through another program. */
export const plainTurns = (turns: readonly string[]): string[] =>
  turns.map((turn) => turn.normalize("NFC").replace(/\s+/gu, " ").trim());
