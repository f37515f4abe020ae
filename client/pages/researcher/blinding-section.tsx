import type { Audit } from "../../../server/contract/blinding.ts";
import type { StudyDetail } from "../../../server/contract/studies.ts";
import { words } from "../../words/dashboard.ts";
import { blindingApi } from "./blinding-api.ts";
import { CommandLine } from "./command-line.tsx";
import { Failure } from "./failure.tsx";
import { FindingEntry } from "./finding-entry.tsx";
import { ScrollTable } from "./scroll-table.tsx";
import { Section } from "./section.tsx";
import { useAction } from "./use-action.ts";
import { useLoaded } from "./use-loaded.ts";

const text = words.blinding;
const EVERY_MS = 2000;

/** Whether there are texts to audit. */
export const isAuditable = ({ prompts, systems }: StudyDetail): boolean => prompts > 0 && systems > 0;

/** What in the texts may give systems away, and what is decided about it. */
export function BlindingSection({ study, canDecide }: { study: StudyDetail; canDecide: boolean }) {
  const { name } = study;
  const { value, refused: notFetched, set } = useLoaded(() => blindingApi.state(name), EVERY_MS);
  const { working, refused, run } = useAction();
  const start = () => run(async () => set(await blindingApi.start(name)));
  const audit = value?.audit ?? null;
  const running = value?.running ?? null;
  return (
    <Section name="blinding">
      <Failure refused={refused ?? notFetched} />
      {audit === null && <p>{text.means}</p>}
      {audit !== null && (
        <>
          <p>
            {text.found(audit)} <span class="quiet">{text.made(words.time(audit.madeAt))}</span>
          </p>
          {audit.isStale && <p class="warning">{text.stale}</p>}
          <ul class="findings">
            {audit.findings.map((finding) => (
              <FindingEntry key={finding.finding} {...{ study, finding, canDecide }} changed={set} />
            ))}
          </ul>
          <Style audit={audit} />
        </>
      )}
      {value?.failed && <p class="warning">{value.failed}</p>}
      {canDecide && value !== null && (
        <p class="buttons">
          <button type="button" disabled={working || running !== null} onClick={start}>
            {audit === null ? text.start : text.again}
          </button>
        </p>
      )}
      {running && <p role="status">{text.running(running.done, running.of)}</p>}
      {canDecide && audit === null && <CommandLine command={text.command(name)} />}
    </Section>
  );
}

function Style({ audit: { toldApart, systems } }: { audit: Audit }) {
  return (
    <>
      {toldApart.length > 0 && (
        <>
          <h3>{text.style}</h3>
          <ul>
            {toldApart.map((one) => (
              <li key={`${one.system} ${one.against}`}>{text.toldApart(one)}</li>
            ))}
          </ul>
          <p class="quiet">{text.styleMeans}</p>
        </>
      )}
      <h3>{text.lengths}</h3>
      <ScrollTable label={text.lengths} headings={[text.system, text.responses, text.median]}>
        {systems.map(({ label, responses, medianCharacters }) => (
          <tr key={label}>
            <th scope="row">
              <bdi>{label}</bdi>
            </th>
            <td class="number">{words.number(responses)}</td>
            <td class="number">
              {medianCharacters === null ? text.unknown : words.number(medianCharacters)}
            </td>
          </tr>
        ))}
      </ScrollTable>
    </>
  );
}
