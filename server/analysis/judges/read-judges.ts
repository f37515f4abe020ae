import type { ModelCalls } from "../../contract/model-calls.ts";
import type { Reader } from "../../storage/database.ts";
import { callsByAnnotator } from "./model-calls.ts";
import type { StudyData } from "../rows/study-data.ts";
import { type PromptFields, readPromptFields } from "../slices/read-prompt-fields.ts";
import { readTextFeatures, type ResponseTexts } from "../effects/read-texts.ts";

/** What the judgments alone do not tell of models: their texts, their prompts and the calls behind their verdicts. */
export interface JudgeExtras {
  readonly texts: ResponseTexts;
  readonly fields: PromptFields;
  /** By the annotator's code. */
  readonly calls: ReadonlyMap<number, ModelCalls>;
}

/** Reads them where models have judged. Must run within the `database.read` that `data` was read in. */
export async function readJudges(reader: Reader, data: StudyData): Promise<JudgeExtras | null> {
  const hasModels = data.annotators.some(({ group }) => data.facts.groups[group]!.kind === "model");
  if (!hasModels) return null;
  return {
    texts: await readTextFeatures(reader, data),
    fields: await readPromptFields(reader, data),
    calls: await callsOf(reader, data),
  };
}

async function callsOf(reader: Reader, { annotators, facts }: StudyData): Promise<Map<number, ModelCalls>> {
  const codes = new Map(annotators.map(({ id }, code) => [id, code]));
  const byId = await callsByAnnotator(reader, facts.study.id);
  return new Map(
    [...byId].flatMap(([id, calls]) => {
      const code = codes.get(id);
      return code === undefined ? [] : [[code, calls] as const];
    }),
  );
}
