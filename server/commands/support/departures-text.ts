import type { Departure, Departures, Duty } from "../../contract/leaving.ts";

const DUTY_WORDS: Readonly<Record<Duty, string>> = {
  decide: "the study is closed: decide whether to withdraw the judgments",
  pay: "pay by the platform’s own list: the payments export has the amount without an id",
  copies: "delete backups and exports made before",
};

/** Who has left a study and what is left to do, for a terminal. */
export function departuresText({ departures, ...given }: Departures): string {
  const lines = departures.length === 0 ? ["Nobody has left."] : departures.flatMap(linesOf);
  return [...lines, retentionText(given)].join("\n");
}

function linesOf({ annotator, kind, askedAt, by, doneAt, duties, done }: Departure): string[] {
  const what = doneAt === null ? "has asked to withdraw" : kind === "withdrawn" ? "withdrew" : "was erased";
  return [
    `${annotator}  ${what}, ${askedAt.slice(0, 10)}, by ${by}`,
    ...duties.map((duty) => `  To do (${duty}): ${DUTY_WORDS[duty]}.`),
    ...done.map(({ duty, at, by }) => `  Done (${duty}): ${at.slice(0, 10)}, by ${by}.`),
  ];
}

/** When what identifies people is erased, as a sentence. */
export function retentionText({ retention }: Pick<Departures, "retention">): string {
  if (retention === null) return "Ids at the platform are kept until you erase them: no retention is set.";
  const { days, names, dueAt, doneAt } = retention;
  const what = names ? "Ids at the platform and names in loaded files" : "Ids at the platform";
  if (doneAt !== null) return `${what} were erased on ${doneAt.slice(0, 10)}.`;
  const when = dueAt === null ? "" : `: on ${dueAt.slice(0, 10)}`;
  return `${what} are erased ${days} ${days === 1 ? "day" : "days"} after the study has closed${when}.`;
}
