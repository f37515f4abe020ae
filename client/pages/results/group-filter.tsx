import type { Report } from "../../../server/contract/report.ts";
import { words } from "../../words/results.ts";
import type { Shown } from "./report-view.ts";

/** Which groups' rows to show: every one, all people together, or one group. */
export function GroupFilter({
  report,
  shown,
  show,
}: {
  report: Report;
  shown: Shown;
  show: (next: Shown) => void;
}) {
  const choices: { label: string; next: Shown }[] = [
    { label: words.everyGroup, next: "every" },
    { label: words.allPeople, next: { people: true } },
    ...report.groups.map(({ name }) => ({ label: name, next: { group: name } })),
  ];
  return (
    <fieldset class="filter">
      <legend>{words.showing}</legend>
      {choices.map(({ label, next }) => (
        <label key={JSON.stringify(next)}>
          <input type="radio" name="group" checked={isSame(next, shown)} onChange={() => show(next)} />
          <bdi>{label}</bdi>
        </label>
      ))}
    </fieldset>
  );
}

const isSame = (a: Shown, b: Shown): boolean => JSON.stringify(a) === JSON.stringify(b);
