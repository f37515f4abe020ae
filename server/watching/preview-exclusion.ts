import { freedBy } from "../assignments/freed-by.ts";
import type { ExclusionEffect } from "../contract/report-annotators.ts";
import type { ExclusionPreview, ExclusionRule } from "../contract/watching.ts";
import { exclusionRuleSays } from "../report-document/watching-words.ts";
import { requireStudy } from "../studies/store.ts";
import { everyAnnotator, type Watching } from "./annotators.ts";
import { meets } from "./meets.ts";

interface Question {
  readonly study: string;
  readonly rule: ExclusionRule;
  readonly group?: string | undefined;
  /** Whether the headline is shown, now and without those whom the rule meets. */
  readonly withResults: boolean;
}

/**
 * Whom a rule would exclude and what would follow. Nobody is excluded by it: `exclude` does that, with the names and the words
 * of this reply, so exactly those are excluded who were shown. @throws StudyNotFound, GroupNotFound
 */
export async function previewExclusion(watching: Watching, question: Question): Promise<ExclusionPreview> {
  const { study, rule, group, withResults } = question;
  const { context, reports } = watching;
  const met = (await everyAnnotator(watching, study, group)).filter(({ one }) => meets(rule, one));
  const without = met.map(({ name }) => name);
  const effect = JSON.parse(await reports.answer({ study, part: "exclusions", without })) as ExclusionEffect;
  const ids = met.map(({ id }) => id);
  const rest = await context.database.read(async (reader) => ({
    ...(await freedBy(reader, ids)),
    state: (await requireStudy(reader, study)).state,
  }));
  return {
    rule: exclusionRuleSays(rule),
    annotators: met.map(({ one }) => one),
    judgments: effect.judgments,
    ...rest,
    headline: withResults ? effect.pairs : null,
  };
}
