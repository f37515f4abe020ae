import type { Context } from "../context.ts";
import type { SignsOfAnnotator } from "../contract/quality.ts";
import { type Choice, prefersSame } from "../contract/words.ts";
import type { Reader } from "../storage/database.ts";
import { type BesideModel, modelExcess } from "../statistics/agreement/model-excess.ts";
import { currentProtocol, requireStudy } from "../studies/store.ts";

/** The chance that an honest annotator stands out, all models of a study together. */
const LEVEL = 0.05;

/**
 * Signs that a chatbot does somebody's work, of those who agreed that they are noted: for a person to look at, since none
 * of them proves anything. Empty where the protocol has no signs. @throws StudyNotFound
 */
export async function signsOf(context: Context, study: string): Promise<SignsOfAnnotator[]> {
  return context.database.read(async (reader) => {
    const { id } = await requireStudy(reader, study);
    const { protocol } = await currentProtocol(reader, id);
    if (protocol.signs === undefined) return [];
    const rows = await reader.db
      .selectFrom("work_signs as s")
      .innerJoin("annotator as a", "a.id", "s.annotator_id")
      .select(["a.id", "a.external_id as annotator"])
      .select(["s.pairs", "s.left_pairs as leftPairs", "s.copied_pairs as copiedPairs"])
      .where("a.study_id", "=", id)
      .where("s.agreed", "=", 1)
      .orderBy("a.display_number")
      .execute();
    const agreements = await agreementsWithModels(reader, id);
    return rows.map(({ id: annotatorId, ...row }) => ({
      ...row,
      agreement: agreements.get(annotatorId) ?? null,
    }));
  });
}

/** Of every annotator, by id, the agreement with the model that they exceed the others most with. */
async function agreementsWithModels(
  reader: Reader,
  studyId: number,
): Promise<Map<number, NonNullable<SignsOfAnnotator["agreement"]>>> {
  const rows = await judgmentsBesideModels(reader, studyId);
  const byModel = new Map<string, Row[]>();
  for (const row of rows) {
    const list = byModel.get(row.model) ?? [];
    byModel.set(row.model, list);
    list.push(row);
  }
  const most = new Map<number, NonNullable<SignsOfAnnotator["agreement"]> & { score: number }>();
  for (const [model, judged] of byModel) {
    for (const { annotator, ...found } of modelExcess(judged.map(besideModel), LEVEL / byModel.size)) {
      const before = most.get(annotator);
      if (before === undefined || found.score > before.score) most.set(annotator, { model, ...found });
    }
  }
  return most;
}

interface Row {
  readonly annotator: number;
  readonly model: string;
  readonly pair: number;
  readonly choice: Choice;
  readonly left: number;
  readonly verdict: Choice;
  readonly verdictLeft: number;
}

/** Judgments of people in the figures, each beside every model's verdict on the same comparison. */
const judgmentsBesideModels = ({ db }: Reader, studyId: number): Promise<Row[]> =>
  db
    .selectFrom("counted_judgment as j")
    .innerJoin("annotator_group as g", "g.id", "j.group_id")
    .innerJoin("counted_judgment as m", "m.comparison_id", "j.comparison_id")
    .innerJoin("annotator_group as mg", "mg.id", "m.group_id")
    .innerJoin("annotator as model", "model.id", "m.annotator_id")
    .select(["j.annotator_id as annotator", "model.external_id as model", "j.comparison_id as pair"])
    .select(["j.choice", "j.left_system_id as left"])
    .select(["m.choice as verdict", "m.left_system_id as verdictLeft"])
    .where("g.study_id", "=", studyId)
    .where("g.kind", "!=", "model")
    .where("mg.kind", "=", "model")
    .execute();

function besideModel({ annotator, pair, choice, left, verdict, verdictLeft }: Row): BesideModel {
  const same = prefersSame({ choice, left }, { choice: verdict, left: verdictLeft });
  return { annotator, pair, same };
}
