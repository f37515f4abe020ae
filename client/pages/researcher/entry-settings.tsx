import type { EntryShown } from "../../../server/contract/entry.ts";
import { words } from "../../words/dashboard.ts";
import { CommandLine } from "./command-line.tsx";
import { Failure } from "./failure.tsx";
import { ownerApi } from "./owner-api.ts";
import { useLoaded } from "./use-loaded.ts";
import { SettingsDetails } from "./settings-details.tsx";

const text = words.entry;
const EVERY_MS = 30_000;

interface Which {
  readonly study: string;
  readonly canSet: boolean;
}

/** What comes before the first pair, and how many people have passed it; fetched when somebody looks. */
export const EntrySettings = (which: Which) => (
  <SettingsDetails title={text.title} content={() => <Settings {...which} />} />
);

function Settings({ study, canSet }: Which) {
  const { value, refused } = useLoaded(() => ownerApi.entry(study), EVERY_MS);
  const isSet = value != null && value.entry !== null;
  return (
    <>
      <Failure refused={refused} />
      {isSet && <Counts shown={value} />}
      {isSet && (
        <>
          <p>{text.print}</p>
          <CommandLine command={text.show(study)} />
        </>
      )}
      {value && !canSet && !isSet && <p>{text.never}</p>}
      {value && canSet && (
        <>
          <p>{isSet ? text.again : text.none}</p>
          <CommandLine command={text.command(study)} />
        </>
      )}
    </>
  );
}

const Counts = ({ shown: { counts, consentVersion } }: { shown: EntryShown }) => (
  <>
    <p class="quiet">
      {text.arrived(counts.arrived)} {consentVersion !== null && text.version(consentVersion)}
    </p>
    <div class="scroller" role="region" aria-label={text.table} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{text.stage}</th>
            <th scope="col" class="number">
              {text.passed}
            </th>
            <th scope="col" class="number">
              {text.out}
            </th>
          </tr>
        </thead>
        <tbody>
          {counts.stages.map(({ stage, passed, out }) => (
            <tr key={stage}>
              <th scope="row">{text.stages[stage]}</th>
              <td class="number">{passed}</td>
              <td class="number">{out}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </>
);
