import type { Effects } from "../../contract/report-effects.ts";
import type { StudyData } from "../rows/study-data.ts";
import { peopleGroups } from "../rows/study-structure.ts";
import type { ResponseTexts } from "./read-texts.ts";
import { seenOf } from "./seen-prompts.ts";
import { styleOf } from "./style.ts";

/**
 * What bends the judgments besides the side: length and formatting, for all people of the headline and for each group
 * that is not among them; and prompts that an annotator had judged before, for all people.
 */
export function effectsOf(data: StudyData, texts: ResponseTexts): Effects {
  const people = peopleGroups(data.facts);
  const alone = data.facts.groups.flatMap(({ name, kind }, code) =>
    people(code) ? [] : [{ name, code, isModel: kind === "model" }],
  );
  return {
    style: styleOf(data, texts, { inGroups: people, isModel: false }),
    styleByGroup: alone.map(({ name, code, isModel }) => ({
      group: name,
      style: styleOf(data, texts, { inGroups: (group) => group === code, isModel }),
    })),
    seenPrompts: seenOf(data, people),
  };
}
