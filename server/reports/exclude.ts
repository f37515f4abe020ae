import { type Context, now } from "../context.ts";
import { TiebreakError } from "../contract/errors.ts";
import type { Transaction } from "../storage/database.ts";
import { recordChange, requireStudy } from "../studies/store.ts";

/** Somebody whose judgments a rule leaves out, from when, and until when where that has been lifted. */
export interface Exclusion {
  readonly annotator: string;
  readonly rule: string;
  readonly excludedAt: string;
  readonly liftedAt: string | null;
}

export class AnnotatorNotFound extends TiebreakError {
  constructor(missing: readonly string[], there: readonly string[]) {
    const some =
      there.length > 10 ? `${there.slice(0, 10).join(", ")} and ${there.length - 10} more` : there.join(", ");
    const have = there.length === 0 ? "It has no annotators." : `Its annotators are ${some}.`;
    super("AnnotatorNotFound", 404, `The study has no annotator ${missing.join(", ")}. ${have}`);
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
 * Leaves the judgments of some annotators out of every figure, by a rule in words. Nothing is deleted: `lift` brings
 * them back. Who is left out already stays so under the earlier rule.
 * @returns the names that were not left out before. @throws StudyNotFound, AnnotatorNotFound, ExclusionWrong
 */
export async function exclude(context: Context, request: Request & { rule: string }): Promise<string[]> {
  const rule = request.rule.trim();
  if (rule === "" || rule.length > 2000)
    throw new ExclusionWrong("Say the rule in words, up to 2,000 characters.");
  return context.database.transact(async (tx) => {
    const { studyId, found } = await findAnnotators(tx, request);
    const inForce = await annotatorsOut(tx, studyId);
    const fresh = found.filter(({ id }) => !inForce.has(id));
    const at = now(context);
    for (const { id, name } of fresh) {
      const row = { study_id: studyId, annotator_id: id, rule, excluded_at: at, lifted_at: null };
      await tx.db.insertInto("exclusion").values(row).execute();
      await recordChange(tx, {
        studyId,
        kind: "excluded",
        detail: { annotator: name, rule },
        at,
        by: request.by,
      });
    }
    return fresh.map(({ name }) => name);
  });
}

/** Brings the judgments of some annotators back. @returns the names that were left out. @throws as exclude */
export async function lift(context: Context, request: Request): Promise<string[]> {
  return context.database.transact(async (tx) => {
    const { studyId, found } = await findAnnotators(tx, request);
    const inForce = await annotatorsOut(tx, studyId);
    const back = found.filter(({ id }) => inForce.has(id));
    const at = now(context);
    for (const { id, name } of back) {
      const update = tx.db.updateTable("exclusion").set({ lifted_at: at });
      await update.where("annotator_id", "=", id).where("lifted_at", "is", null).execute();
      await recordChange(tx, {
        studyId,
        kind: "exclusion lifted",
        detail: { annotator: name },
        at,
        by: request.by,
      });
    }
    return back.map(({ name }) => name);
  });
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

async function findAnnotators(tx: Transaction, { study, annotators }: Request) {
  if (annotators.length === 0)
    throw new ExclusionWrong("Say whose judgments: --annotator NAME, once for each.");
  const { id: studyId } = await requireStudy(tx, study);
  const all = await tx.db
    .selectFrom("annotator")
    .select(["id", "external_id as name"])
    .where("study_id", "=", studyId)
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
