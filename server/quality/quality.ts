import type { Context } from "../context.ts";
import type { Quality, Review, Rule, Seen, Trigger } from "../contract/quality.ts";
import type { Reader } from "../storage/database.ts";
import { currentProtocol, requireStudy } from "../studies/store.ts";

/** What the rules of a study found, the latest first, and what a person decided, open looks first. @throws StudyNotFound */
export async function qualityOf(context: Context, study: string): Promise<Quality> {
  return context.database.read(async (reader) => {
    const { id } = await requireStudy(reader, study);
    const { protocol } = await currentProtocol(reader, id);
    const rules = protocol.rules ?? [];
    const triggers = await triggersOf(reader, id);
    return {
      rules,
      capped: rules.filter((rule) => isCapped(rule, triggers)),
      triggers,
      reviews: await reviewsOf(reader, id),
    };
  });
}

/** Whether a rule found people after it had paused as many as it may. */
const isCapped = ({ signal, then }: Rule, triggers: readonly Trigger[]): boolean =>
  then !== "note" &&
  triggers.some(({ rule, took }) => rule.signal === signal && rule.then === then && took !== then);

async function triggersOf({ db }: Reader, studyId: number): Promise<Trigger[]> {
  const rows = await db
    .selectFrom("rule_trigger as t")
    .innerJoin("annotator as a", "a.id", "t.annotator_id")
    .select(["a.external_id as annotator", "t.rule", "t.took", "t.seen"])
    .select(["t.triggered_at as at", "t.read_at as warningRead"])
    .where("t.study_id", "=", studyId)
    .orderBy("t.id", "desc")
    .execute();
  return rows.map((row) => ({
    ...row,
    rule: JSON.parse(row.rule) as Rule,
    seen: JSON.parse(row.seen) as Seen,
  }));
}

async function reviewsOf({ db }: Reader, studyId: number): Promise<Review[]> {
  const rows = await db
    .selectFrom("review as r")
    .innerJoin("annotator as a", "a.id", "r.annotator_id")
    .leftJoin("rule_trigger as t", "t.id", "r.trigger_id")
    .select(["a.external_id as annotator", "t.signal", "r.answer", "r.decision", "r.reason"])
    .select(["r.opened_at as openedAt", "r.decided_at as decidedAt"])
    .select((e) =>
      e
        .selectFrom("rule_trigger as one")
        .select((own) => own.fn.countAll<number>().as("ends"))
        .whereRef("one.annotator_id", "=", "r.annotator_id")
        .where("one.took", "=", "end")
        .as("ends"),
    )
    .where("r.study_id", "=", studyId)
    .orderBy("r.id", "desc")
    .execute();
  const reviews = rows.map(({ ends, ...row }) => ({ ...row, proposesEnd: Number(ends) > 0 }));
  return [...reviews.filter(isOpen), ...reviews.filter((one) => !isOpen(one))];
}

const isOpen = ({ decision }: Review): boolean => decision === null;
