import type { Resting } from "./rests-on.ts";

/** What would follow from taking loads back, and what to do, for a terminal. */
export function restingText({ people, models, held, loads }: Resting): string {
  const annotators = ({ annotators: n }: Resting["people"], one: string, many: string) =>
    n === 1 ? `1 ${one} has` : `${number(n)} ${many} have`;
  const facts = [
    ...(people.judgments > 0
      ? [
          `${annotators(people, "person", "people")} judged ${counted(people.judgments, "pair")} with these texts`,
        ]
      : []),
    ...(models.judgments > 0
      ? [`${annotators(models, "model", "models")} judged ${counted(models.judgments, "pair")} with them`]
      : []),
    ...(held > 0
      ? [`${counted(held, "assigned pair")} with them ${held === 1 ? "is" : "are"} not judged yet`]
      : []),
    ...loads.map(({ number: load, file, outputs, judgments, found }) => {
      const parts = [
        ...(outputs > 0 ? [`${counted(outputs, "output")} for its prompts`] : []),
        ...(judgments > 0 ? [`${counted(judgments, "judgment")} of its texts`] : []),
        ...(found > 0 ? [`${counted(found, "row")} that it had brought before`] : []),
      ];
      return `load ${load} (${file}) has ${parts.join(", ")}`;
    }),
  ];
  const also =
    loads.length > 0
      ? ` Unload ${loads.length === 1 ? "that load" : "those loads"}, too (add ${loads.map((load) => load.number).join(" ")}), or give a reason.`
      : " Give a reason.";
  return (
    `Other data depends on this: ${facts.length > 0 ? facts.join("; ") : "pairs with these texts were assigned"}.${also} ` +
    `With --reason TEXT, judgments of texts that are gone stay stored and count in no figure; the report shows the reason.`
  );
}

const number = (n: number) => n.toLocaleString("en");
const counted = (n: number, what: string) => `${number(n)} ${what}${n === 1 ? "" : "s"}`;
