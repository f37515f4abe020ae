import type { ExclusionPreview, ExclusionRule } from "../../../../server/contract/watching.ts";
import { words } from "../../../words/dashboard.ts";
import { ScrollTable } from "../scroll-table.tsx";

const text = words.watching.exclude;
/** Pairs of systems that are shown; the report has all. */
const PAIRS = 20;

interface EffectProps {
  rule: ExclusionRule;
  preview: ExclusionPreview;
}

/** Whom a rule meets, and what would become of judgments, slots and the headline. */
export function ExclusionEffect({ rule, preview }: EffectProps) {
  const { annotators, headline } = preview;
  return (
    <>
      <ul>
        {annotators.map((one) => (
          <li key={`${one.group} ${one.annotator}`}>
            <bdi>{one.annotator}</bdi>: {text.met(rule, one)}
          </li>
        ))}
      </ul>
      <p>{text.effect(preview)}</p>
      {headline !== null && headline.length > 0 && (
        <ScrollTable label={text.headline} headings={[text.pair, text.now, text.without]}>
          {headline.slice(0, PAIRS).map(({ system, against, before, after }) => (
            <tr key={`${system} ${against}`}>
              <th scope="row">
                <bdi>{system}</bdi> {words.protocol.against} <bdi>{against}</bdi>
              </th>
              <td>{text.figure(before)}</td>
              <td>{text.figure(after)}</td>
            </tr>
          ))}
        </ScrollTable>
      )}
    </>
  );
}
