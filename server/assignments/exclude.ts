import { letGo, settleSlots } from "./places.ts";
import { type Context, now } from "../context.ts";
import { TiebreakError } from "../contract/errors.ts";
import type { Excluded, Exclusion, Lifted } from "../contract/exclusions.ts";
import type { Transaction } from "../storage/database.ts";
import { NAMELESS } from "../studies/annotators.ts";
import { recordChange, requireStudy } from "../studies/store.ts";

class AnnotatorNotFound extends TiebreakError {
  constructor(missing: readonly string[], there: readonly string[]) {
    const some =
      there.length > 10 ? `${there.slice(0, 10).join(", ")} and ${there.length - 10} more` : there.join(", ");
    const have = there.length === 0 ? "It has no annotators." : `Its annotators are ${some}.`;
    super("AnnotatorNotFound", 404, `The study has no annotator called ${missing.join(", ")}. ${have}`);
  }
}

export class ExclusionWrong extends TiebreakError {
  constructor(message: string) {
    super("ExclusionWrong", 400, message);
  }
}

interface Request {
  readonly study: string;
  readonly annotators: readonly string[];
  readonly by: string;
}

/**
 * Leaves the judgments of some annotators out of every figure, by a rule in words, and makes their places free for
 * others; they are given nothing any more. Nothing is deleted: `lift` brings them back. Who is left out already stays so
 * under the earlier rule. @throws StudyNotFound, AnnotatorNotFound, ExclusionWrong
 */
export async function exclude(context: Context, request: Request & { rule: string }): Promise<Excluded> {
  const rule = request.rule.trim();
  if (rule === "" || rule.length > 2000)
    throw new ExclusionWrong("State the rule in words, up to 2,000 characters.");
  return context.database.transact(async (tx) => {
    const { studyId, found, state } = await lockAnnotators(tx, request);
    const inForce = await annotatorsOut(tx, studyId);
    const fresh = found.filter(({ id }) => !inForce.has(id));
    const at = now(context);
    let [freed, held] = [0, 0];
    for (const { id, name } of fresh) {
      const left = await leaveOut(context, tx, { studyId, annotatorId: id, rule });
      await recordChange(tx, {
        studyId,
        kind: "excluded",
        detail: { annotator: name, rule },
        at,
        by: request.by,
      });
      freed += left.freed;
      held += left.held;
    }
    return { changed: fresh.map(({ name }) => name), freed, held, state };
  });
}

/**
 * Leaves one annotator's judgments out by a rule, in place of any in force, and makes their places free for others. The
 * rows of the annotator and of the study must be locked in this transaction.
 */
export async function leaveOut(
  context: Context,
  tx: Transaction,
  { studyId, annotatorId, rule }: { studyId: number; annotatorId: number; rule: string },
): Promise<Pick<Excluded, "freed" | "held">> {
  const at = now(context);
  await endExclusion(tx, annotatorId, at);
  const row = { study_id: studyId, annotator_id: annotatorId, rule, excluded_at: at, lifted_at: null };
  await tx.db.insertInto("exclusion").values(row).execute();
  const { freed } = await settleSlots(tx, annotatorId);
  return { freed, held: await letGo(tx, annotatorId, context.clock()) };
}

const endExclusion = ({ db }: Transaction, annotatorId: number, at: string): Promise<unknown> =>
  db
    .updateTable("exclusion")
    .set({ lifted_at: at })
    .where("annotator_id", "=", annotatorId)
    .where("lifted_at", "is", null)
    .execute();

/**
 * Brings the judgments of some annotators back: those whose places nobody has filled count again, and the annotators
 * are given work again. Who withdrew or was erased stays out. @throws as exclude
 */
export async function lift(context: Context, request: Request): Promise<Lifted> {
  return context.database.transact(async (tx) => {
    const { studyId, found, state } = await lockAnnotators(tx, request);
    const inForce = await annotatorsOut(tx, studyId);
    const back = found.filter(({ id }) => inForce.has(id));
    await requireThere(tx, back);
    const at = now(context);
    let [filled, surplus] = [0, 0];
    for (const { id, name } of back) {
      await endExclusion(tx, id, at);
      await recordChange(tx, {
        studyId,
        kind: "exclusion lifted",
        detail: { annotator: name },
        at,
        by: request.by,
      });
      const settled = await settleSlots(tx, id);
      filled += settled.filled;
      surplus += settled.surplus;
    }
    return { changed: back.map(({ name }) => name), filled, surplus, state };
  });
}

/** @throws ExclusionWrong if one of these annotators withdrew or was erased: only they could undo that. */
async function requireThere(
  { db }: Transaction,
  annotators: readonly { id: number; name: string }[],
): Promise<void> {
  const ids = [0, ...annotators.map(({ id }) => id)];
  const left = await db
    .selectFrom("departure")
    .select("annotator_id")
    .where("annotator_id", "in", ids)
    .where("done_at", "is not", null)
    .execute();
  const gone = new Set(left.map((row) => row.annotator_id));
  const names = annotators.filter(({ id }) => gone.has(id)).map(({ name }) => name);
  if (names.length > 0)
    throw new ExclusionWrong(
      `${names.join(", ")}: withdrew or was erased, so these judgments cannot be brought back.`,
    );
}

/** Every exclusion of a study, in force or lifted, in the order in which they were made. @throws StudyNotFound */
export async function listExclusions(context: Context, study: string): Promise<Exclusion[]> {
  return context.database.read(async (reader) => {
    const { id } = await requireStudy(reader, study);
    return reader.db
      .selectFrom("exclusion as e")
      .innerJoin("annotator as a", "a.id", "e.annotator_id")
      .select([
        "a.external_id as annotator",
        "e.rule",
        "e.excluded_at as excludedAt",
        "e.lifted_at as liftedAt",
      ])
      .where("e.study_id", "=", id)
      .orderBy("e.id")
      .execute();
  });
}

/** The annotators of these names, with their rows locked and then the study's: what they judge meanwhile waits. */
export async function lockAnnotators(tx: Transaction, request: Pick<Request, "study" | "annotators">) {
  const { studyId, found } = await findAnnotators(tx, request);
  const ids = found.map(({ id }) => id);
  const { db, dialect } = tx;
  await dialect
    .lockRows(db.selectFrom("annotator").select("id").where("id", "in", ids).orderBy("id"))
    .execute();
  const study = db.selectFrom("study").select("state").where("id", "=", studyId);
  const { state } = await dialect.lockRows(study).executeTakeFirstOrThrow();
  return { studyId, found, state };
}

async function findAnnotators(tx: Transaction, { study, annotators }: Pick<Request, "study" | "annotators">) {
  if (annotators.length === 0)
    throw new ExclusionWrong("Name the annotators: --annotator NAME (repeatable).");
  const { id: studyId } = await requireStudy(tx, study);
  const all = await tx.db
    .selectFrom("annotator")
    .select(["id", "external_id as name"])
    .where("study_id", "=", studyId)
    .where("provider", "<>", NAMELESS)
    .orderBy("id")
    .execute();
  const wanted = new Set(annotators);
  const found = all.filter(({ name }) => wanted.has(name));
  const names = new Set(found.map(({ name }) => name));
  const missing = annotators.filter((name) => !names.has(name));
  if (missing.length > 0) {
    throw new AnnotatorNotFound(
      missing,
      all.map(({ name }) => name),
    );
  }
  return { studyId, found };
}

async function annotatorsOut(tx: Transaction, studyId: number): Promise<ReadonlySet<number>> {
  const rows = await tx.db
    .selectFrom("exclusion")
    .select("annotator_id")
    .where("study_id", "=", studyId)
    .where("lifted_at", "is", null)
    .execute();
  return new Set(rows.map((row) => row.annotator_id));
}
