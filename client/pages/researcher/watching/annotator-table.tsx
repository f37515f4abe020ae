import type { WatchedAnnotator } from "../../../../server/contract/watching.ts";
import { words } from "../../../words/dashboard.ts";
import { ScrollTable } from "../scroll-table.tsx";

const text = words.watching;

/** Annotators with how they work, a row each; those who need a look are marked. */
export const AnnotatorTable = ({ annotators }: { annotators: readonly WatchedAnnotator[] }) => (
  <div class="annotators">
    <ScrollTable label={text.table} headings={Object.values(text.columns)}>
      {annotators.map((one) => (
        <Row key={`${one.group} ${one.annotator}`} one={one} />
      ))}
    </ScrollTable>
  </div>
);

function Row({ one }: { one: WatchedAnnotator }) {
  const { lastSeen, checks, openPairs, excluded, participant } = one;
  return (
    <tr class={one.look.length > 0 ? "look" : undefined}>
      <th scope="row">
        <bdi>{one.annotator}</bdi>
        <span class="aside">
          <bdi>{one.group}</bdi>
          {participant !== null && (
            <>
              {", "}
              <bdi>{participant}</bdi>
            </>
          )}
        </span>
        {excluded !== null && <span class="aside">{text.excluded(excluded)}</span>}
        {one.review === "end" && <span class="aside">{text.ended}</span>}
      </th>
      <td>
        {words.number(one.judged)}
        {openPairs > 0 && <span class="aside">{text.open(openPairs)}</span>}
      </td>
      <td>{lastSeen === null ? text.never : <time dateTime={lastSeen}>{words.time(lastSeen)}</time>}</td>
      <td>{text.median(one.medianSeconds)}</td>
      <td>{text.share(one.fast)}</td>
      <td>{text.share(one.left)}</td>
      <td>{text.share(one.ties)}</td>
      <td>{text.checks(checks.count, checks.of)}</td>
      <td>{text.agreement(one.agreement)}</td>
      <td>{text.besides(one)}</td>
    </tr>
  );
}
