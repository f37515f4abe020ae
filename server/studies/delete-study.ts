import { sql } from "kysely";
import type { Transaction } from "../storage/database.ts";
import { type Context, now } from "../context.ts";
import { TiebreakError } from "../contract/errors.ts";
import { deleteStudyRows } from "../storage/study-rows.ts";
import type { StudyState } from "../contract/words.ts";
import { lockStudy } from "./lock-study.ts";
import { requireStudy } from "./store.ts";

/** What would go with a study. */
export interface StudyToDelete {
  readonly name: string;
  readonly state: StudyState;
  readonly judgments: number;
  /** Pairs that annotators hold now. */
  readonly held: number;
}

/** Something works on the study right now. */
class StudyBusy extends TiebreakError {
  constructor(name: string) {
    super(
      "StudyBusy",
      409,
      `A file is being loaded into ${name}, or a model is answering its prompts or judging it. Wait until that has ended, or stop it.`,
    );
  }
}

/** Something else than a draft is to be deleted from a browser, or not the one that was meant. */
class NoDraft extends TiebreakError {
  constructor(message: string) {
    super("StudyNotDraft", 409, message);
  }
}

/** @throws StudyNotFound, StudyNotDraft where the study has opened, or `typed` is not its name */
export async function requireDraft(context: Context, name: string, typed: string): Promise<void> {
  const { state } = await context.database.read((reader) => requireStudy(reader, name));
  if (typed !== name) throw new NoDraft(`“${typed}” is not the name of this study.`);
  if (state !== "draft")
    throw new NoDraft(
      `${name} has been opened. On the command line, tiebreak study delete makes a copy first, and then deletes it.`,
    );
}

/** @throws StudyNotFound */
export async function studyToDelete(context: Context, name: string): Promise<StudyToDelete> {
  return context.database.read(async (reader) => {
    const { id, state } = await requireStudy(reader, name);
    const judged = await reader.db
      .selectFrom("annotator as r")
      .innerJoin("assignment as a", "a.annotator_id", "r.id")
      .select((e) => [
        e.fn
          .sum<number | null>(e.case().when("a.ended_how", "=", "judged").then(1).else(0).end())
          .as("judgments"),
        e.fn.sum<number | null>(e.case().when("a.ended_at", "is", null).then(1).else(0).end()).as("held"),
      ])
      .where("r.study_id", "=", id)
      .executeTakeFirstOrThrow();
    return { name, state, judgments: Number(judged.judgments ?? 0), held: Number(judged.held ?? 0) };
  });
}

/** A run or a load that gave a sign of life within this time is at work. */
const AT_WORK_MS = 60_000;

/**
 * Deletes a study with everything in it, in one transaction. Links to it end; other studies are left as they are.
 * @param onTable called before each table with how many are done, and how many there are
 * @throws StudyNotFound, StudyBusy
 */
export async function deleteStudy(
  context: Context,
  name: string,
  onTable?: (done: number, of: number) => void,
): Promise<void> {
  const since = new Date(context.clock().getTime() - AT_WORK_MS).toISOString();
  await context.database.transact(async (tx) => {
    const { id } = await requireStudy(tx, name);
    await lockStudy(tx, id);
    const load = await tx.db
      .selectFrom("load")
      .select("id")
      .where("study_id", "=", id)
      .where("ended_at", "is", null) // a file, or a model's outputs that come one by one
      .where("heartbeat_at", ">", since)
      .where("heartbeat_at", "<=", now(context))
      .executeTakeFirst();
    const run = await tx.db
      .selectFrom("judge_run")
      .select("id")
      .where("study_id", "=", id)
      .where("ended_at", "is", null)
      .where("seen_at", ">", since)
      .executeTakeFirst();
    if (load || run) throw new StudyBusy(name);
    await deleteRenderings(tx, id);
    await deleteStudyRows(tx, id, onTable);
  });
}

/** How the texts of a study were rendered, where no other study has them. */
async function deleteRenderings({ db }: Transaction, studyId: number): Promise<void> {
  await sql`delete from rendering where content_hash in (
      select content_hash from prompt_text where study_id = ${studyId}
      union select r.content_hash from response r join prompt p on p.id = r.prompt_id where p.study_id = ${studyId}
      except select content_hash from prompt_text where study_id <> ${studyId}
      except select r.content_hash from response r join prompt p on p.id = r.prompt_id
        where p.study_id <> ${studyId})`.execute(db);
}
