import { useState } from "preact/hooks";
import type { PlatformShown } from "../../../../server/contract/platforms.ts";
import { words } from "../../../words/dashboard.ts";
import { CommandLine } from "../command-line.tsx";
import { CopyButton } from "../copy-button.tsx";
import { Failure } from "../failure.tsx";
import { ownerApi } from "../owner-api.ts";
import { useLoaded } from "../use-loaded.ts";
import { PlatformForm } from "./platform-form.tsx";
import { RemovePlatform } from "./remove-platform.tsx";
import { ScrollTable } from "../scroll-table.tsx";
import { SettingsDetails } from "../settings-details.tsx";

const text = words.platform;
const EVERY_MS = 30_000;

interface Which {
  readonly study: string;
  readonly group: string;
  /** Whether people may still be invited. */
  readonly canSet: boolean;
}

/** The crowd platform of a group: what to paste there, and its settings to change; fetched when somebody looks. */
export const PlatformSettings = (which: Which) => (
  <SettingsDetails title={text.title} content={() => <Settings {...which} />} />
);

function Settings({ study, group, canSet }: Which) {
  const { value, refused, again } = useLoaded(() => ownerApi.platforms(study), EVERY_MS);
  const [said, setSaid] = useState("");
  const platform = value?.platforms.find((one) => one.group === group);
  const done = (what: string) => {
    setSaid(what);
    again();
  };
  const form = <PlatformForm {...{ study, group, shown: platform, onSet: () => done(text.isSet) }} />;
  return (
    <>
      <Failure refused={refused} />
      <p role="status">{said}</p>
      {platform && <Platform platform={platform} />}
      {value && !canSet && platform === undefined && <p>{text.never}</p>}
      {value && canSet && platform === undefined && (
        <>
          <p>{text.none}</p>
          {form}
        </>
      )}
      {canSet && platform !== undefined && (
        <>
          <details class="more">
            <summary>{text.change}</summary>
            {form}
          </details>
          <RemovePlatform {...{ study, platform, onRemoved: () => done(text.removed) }} />
        </>
      )}
      {value && canSet && (
        <>
          <p class="quiet">{text.byCommand}</p>
          <CommandLine command={text.command(study, group)} />
        </>
      )}
    </>
  );
}

function Platform({ platform }: { platform: PlatformShown }) {
  const { name, address, minutes, finishes, isRecognised, platformStudy, isSigned, notAfter } = platform;
  return (
    <>
      {isRecognised && <p class="warning">{text.recognised(name)}</p>}
      <h4>
        <bdi>{name}</bdi>
      </h4>
      {address === null ? (
        <p class="warning">{text.noAddress}</p>
      ) : (
        <>
          <p>{text.address}</p>
          <div class="command">
            <code dir="ltr">{address}</code>
            <CopyButton text={address} what={text.address} />
          </div>
        </>
      )}
      <p class="quiet">{text.minutes(minutes)}</p>
      {platformStudy !== null && <p class="quiet">{text.onlyStudy(platformStudy)}</p>}
      {isSigned && <p class="quiet">{text.onlySigned}</p>}
      {notAfter.length > 0 && <p class="quiet">{text.notAfter(notAfter)}</p>}
      <FinishTable finishes={finishes} />
    </>
  );
}

const FinishTable = ({ finishes }: Pick<PlatformShown, "finishes">) => (
  <ScrollTable label={text.finishes} headings={[text.finish, text.code, text.leads, text.advice]}>
    {finishes.map(({ finish, code, address, advice }) => (
      <tr key={finish}>
        <th scope="row">{text.kinds[finish]}</th>
        <td>
          {code && (
            <span class="row">
              <code>{code}</code> <CopyButton text={code} what={text.kinds[finish]} />
            </span>
          )}
        </td>
        <td>{address === null ? text.shown : <bdi>{new URL(address).hostname}</bdi>}</td>
        <td>{advice}</td>
      </tr>
    ))}
  </ScrollTable>
);
