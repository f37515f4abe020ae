import type { AmendmentChange, AmendmentPlan } from "../contract/amendment-plan.ts";
import type { Revision } from "../contract/amendments.ts";
import { asWord } from "./as-word.ts";
import { counted, listed } from "./numbers.ts";

/** One change of an amendment, as a sentence without its full stop. */
export function changeText(change: AmendmentChange): string {
  switch (change.kind) {
    case "baselines":
      return `${change.systems.length === 1 ? "New baseline" : "New baselines"}: ${listed(change.systems)}`;
    case "group":
      return `New group ${change.group}: ${wantedText(change.wanted)}`;
    case "judgments":
      return `Group ${change.group}: ${wantedText(change.to)}, instead of ${wantedText(change.from)}`;
    case "wording":
      return `New wording in ${listed(change.languages)}`;
    case "settings":
      return `Changed settings: ${change.names.join(", ")}`;
    case "responses":
      return `Corrected ${counted(change.prompts.length, "response")} of ${change.system}`;
    case "material":
      return [
        ...(change.prompts > 0 ? [counted(change.prompts, "more prompt")] : []),
        counted(change.comparisons, "more comparison"),
      ].join(", ");
    case "shared": {
      const { from, to, joining, leaving } = change;
      const moved = joining.length > 0 ? `joining: ${someOf(joining)}` : `leaving: ${someOf(leaving)}`;
      return `${counted(to, "shared prompt")} instead of ${from}${joining.length + leaving.length > 0 ? ` (${moved})` : ""}`;
    }
    case "reopened":
      return "Opened again";
  }
}

const NAMED = 5;

const someOf = (names: readonly string[]): string =>
  listed(names.length > NAMED ? [...names.slice(0, NAMED), `${names.length - NAMED} more`] : names);

type Wanted = Extract<AmendmentChange, { kind: "group" }>["wanted"];

function wantedText({ judgments, sharedJudgments, judgmentsPerAnnotator }: Wanted): string {
  const shared = sharedJudgments === judgments ? "" : ` (${sharedJudgments} in the shared set)`;
  const each = judgmentsPerAnnotator === null ? "" : `, at most ${judgmentsPerAnnotator} per annotator`;
  return `${counted(judgments, "judgment")} per comparison${shared}${each}`;
}

/** What an amendment adds, asks again, keeps and marks: a sentence each, and nothing for what is not. */
export function followsLines(plan: AmendmentPlan, study: string): string[] {
  const { added, dropped, askedAgain, nobodyLeft, checks, kept, marked, held, ended } = plan;
  const isOf = (count: number) => (count === 1 ? "is" : "are");
  const lines = [
    added.judgments > 0 &&
      `Added: ${counted(added.judgments, "judgment")} ${isOf(added.judgments)} asked for${added.comparisons > 0 ? `; ${counted(added.comparisons, "comparison")} ${isOf(added.comparisons)} new` : " of the same comparisons"}.`,
    dropped > 0 &&
      `Dropped: ${counted(dropped, "judgment")} of comparisons that nobody was given ${isOf(dropped)} no longer asked for.`,
    askedAgain > 0 &&
      `Asked again: ${counted(askedAgain, "judgment")} of corrected texts ${askedAgain === 1 ? "leaves" : "leave"} all figures; other people, or the same models, are asked again.`,
    nobodyLeft > 0 &&
      `For ${nobodyLeft} of these, everybody in the group has had the pair: invite somebody (npx tiebreak invite ${asWord(study)}).`,
    checks > 0 &&
      `Checks: ${counted(checks, "pair")} with a known answer ${checks === 1 ? "shows" : "show"} a corrected text. The answer stays; if it is no longer right, take back the file that it came with (npx tiebreak unload ${asWord(study)}), and load the right one.`,
    kept > 0 && `Kept: ${counted(kept, "judgment")} ${isOf(kept)} counted as before.`,
    marked > 0 &&
      `Marked: ${marked === kept ? "all of these answer" : `${marked} of these answer`} the earlier wording; the report shows them by revision.`,
    held - ended > 0 &&
      `Held: ${counted(held - ended, "pair")} on annotators' screens ${isOf(held - ended)} accepted under the revision that they were shown with.`,
    ended > 0 &&
      `Ended: ${counted(ended, "pair")} on annotators' screens ${isOf(ended)} of the earlier texts, so answers to them are stored and not counted.`,
  ];
  return lines.filter((line) => line !== false);
}

/** A revision on one line: its number, day, judgments, changes and reason. */
export function revisionLine(given: Omit<Revision, "by" | "hash">): string {
  const { revision, at, judgments, changes, reason } = given;
  const what =
    changes.length > 0 ? changes.map(changeText).join("; ") : revision === 1 ? "Opened" : "Amended";
  const why = reason === null ? "" : ` (${reason})`;
  return `Revision ${revision}, ${at.slice(0, 10)}: ${what}${why}. ${counted(judgments, "judgment")}.`;
}
