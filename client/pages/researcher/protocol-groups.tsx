import type { ProtocolGroup } from "../../../server/contract/studies.ts";
import { isHeadline } from "../../../server/report-document/headline.ts";
import { words } from "../../words/dashboard.ts";

const text = words.protocol;

/** The groups that judge, and how often each comparison is wanted of them, of a shared set only where there is one. */
export function ProtocolGroups({ groups, hasShared }: { groups: ProtocolGroup[]; hasShared: boolean }) {
  const headings = [text.each, ...(hasShared ? [text.eachShared] : []), text.perAnnotator];
  return (
    <>
      <h3>{text.groups}</h3>
      <div class="scroller" role="region" aria-label={text.groups} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{text.group}</th>
              <th scope="col">{text.kind}</th>
              {headings.map((heading) => (
                <th key={heading} scope="col" class="number">
                  {heading}
                </th>
              ))}
              <th scope="col">{text.headline}</th>
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => (
              <tr key={group.name}>
                <th scope="row">
                  <bdi>{group.name}</bdi>
                </th>
                <td>{text.kinds[group.kind]}</td>
                <td class="number">{words.number(group.judgments)}</td>
                {hasShared && <td class="number">{words.number(group.sharedJudgments)}</td>}
                <td class="number">
                  {group.judgmentsPerAnnotator === null
                    ? text.unlimited
                    : words.number(group.judgmentsPerAnnotator)}
                </td>
                <td>{isHeadline(group) ? text.yes : text.no}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
