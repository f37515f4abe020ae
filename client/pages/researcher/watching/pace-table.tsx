import type { PaceLine } from "../../../../server/contract/watching.ts";
import { words } from "../../../words/dashboard.ts";
import { ScrollTable } from "../scroll-table.tsx";
import { useLoaded } from "../use-loaded.ts";
import { watchingApi } from "./watching-api.ts";
import "./watching.css";

const text = words.watching.pace;
const EVERY_MS = 60_000;

/** How fast judgments come in by group and pair, and when they will be done at this pace. */
export function PaceTable({ study }: { study: string }) {
  const { value } = useLoaded(() => watchingApi.pace(study), EVERY_MS);
  if (value === null) return null;
  if (value.lines.length === 0) return <p>{words.progress.empty}</p>;
  return (
    <>
      <h3>{text.title}</h3>
      <ScrollTable label={text.title} headings={Object.values(text.columns)}>
        {value.lines.map((line) => (
          <Row key={`${line.group} ${line.pair?.system ?? ""} ${line.pair?.against ?? ""}`} line={line} />
        ))}
      </ScrollTable>
      <p class="quiet">{text.means}</p>
    </>
  );
}

function Row({ line }: { line: PaceLine }) {
  const { group, pair, wanted, judged, perDay, end, why } = line;
  return (
    <tr class={pair === null ? "block" : undefined}>
      <th scope="row">
        {pair === null ? (
          <bdi>{group}</bdi>
        ) : (
          <>
            <bdi>{pair.system}</bdi> {words.protocol.against} <bdi>{pair.against}</bdi>
          </>
        )}
      </th>
      <td>{words.number(wanted - judged)}</td>
      <td>{perDay === null ? "–" : words.number(Math.round(perDay))}</td>
      <td>{end === null ? why !== null && text.why[why] : text.end(end)}</td>
    </tr>
  );
}
