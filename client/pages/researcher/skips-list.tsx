import type { StudyDetail } from "../../../server/contract/studies.ts";
import { words } from "../../words/dashboard.ts";

const text = words.skips;
type Reasons = StudyDetail["skips"]["reasons"];
const REASONS = Object.keys(text.reasons) as (keyof Reasons)[];

/** The pairs that annotators skipped, and why; empty if none. */
export function SkipsList({ skips }: { skips: StudyDetail["skips"] }) {
  const { skipped, comparisons, reasons, nobodyLeft, list } = skips;
  if (skipped === 0) return null;
  return (
    <div class="skips">
      <h3>{text.title}</h3>
      <p>{text.extent(skipped, comparisons, given(reasons))}</p>
      {nobodyLeft > 0 && <p class="warning">{text.nobodyLeft(nobodyLeft)}</p>}
      <details>
        <summary>{text.show}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{text.prompt}</th>
              <th scope="col">{text.pair}</th>
              <th scope="col">{text.group}</th>
              <th scope="col">{text.why}</th>
            </tr>
          </thead>
          <tbody>
            {list.map((one) => (
              <tr key={`${one.prompt} ${one.turn} ${one.group} ${one.systems.join(" ")}`}>
                <th scope="row">
                  <bdi>{one.prompt}</bdi>
                  {one.turn > 1 && ` ${text.turn(one.turn)}`}
                </th>
                <td>
                  <bdi>{one.systems[0]}</bdi> {text.and} <bdi>{one.systems[1]}</bdi>
                </td>
                <td>
                  <bdi>{one.group}</bdi>
                </td>
                <td>{given(one.reasons).join("; ")}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {list.length < comparisons && <p>{text.first(list.length, comparisons)}</p>}
      </details>
    </div>
  );
}

/** `3 × unreadable`, for every reason that was given. */
const given = (reasons: Reasons): string[] =>
  REASONS.filter((reason) => reasons[reason] > 0).map((reason) =>
    text.reason(reasons[reason], text.reasons[reason]),
  );
