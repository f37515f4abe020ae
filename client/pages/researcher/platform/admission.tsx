import { useId } from "preact/hooks";
import { words } from "../../../words/dashboard.ts";
import { Failure } from "../failure.tsx";
import { Field } from "../field.tsx";
import { ownerApi } from "../owner-api.ts";
import { useLoaded } from "../use-loaded.ts";
import type { FieldsParts } from "./platform-fields.ts";

const text = words.platform;
const EVERY_MS = 300_000;

interface AdmissionParts extends FieldsParts {
  study: string;
  /** Whether only signed addresses are let in so far. */
  isSigned: boolean;
}

/** Whom the platform's addresses let in: of one study there, signed, and not after other studies here. */
export function Admission({ study, fields, change, isSigned }: AdmissionParts) {
  const { platform, parameters, platformStudy } = fields;
  return (
    <details class="more">
      <summary>{text.admission}</summary>
      {(platform !== "panel" || parameters.study.name !== "") && (
        <div class="fields">
          <Field
            {...{ spellcheck: false, autocomplete: "off", maxLength: 128 }}
            label={text.platformStudy}
            means={text.platformStudyMeans}
            value={platformStudy}
            onText={(id) => change({ platformStudy: id })}
          />
        </div>
      )}
      {platform === "prolific" && <Keys {...{ fields, change, isSigned }} />}
      <NotAfter {...{ study, fields, change }} />
    </details>
  );
}

/** The file with the platform's keys; or none any more. */
function Keys({ fields, change, isSigned }: FieldsParts & { isSigned: boolean }) {
  const id = useId();
  const read = async (file: File | undefined) => change({ keys: await file?.text() });
  return (
    <div class="field">
      <label for={id}>{text.keys}</label>
      <input
        id={id}
        type="file"
        accept=".json,application/json"
        aria-describedby={`${id}-means`}
        onChange={({ currentTarget }) => void read(currentTarget.files?.[0])}
      />
      <p id={`${id}-means`} class="quiet">
        {text.keysMean}
      </p>
      {isSigned && (
        <label class="check">
          <input
            type="checkbox"
            checked={fields.keys === null}
            onChange={({ currentTarget }) => change({ keys: currentTarget.checked ? null : undefined })}
          />{" "}
          {text.noKeys}
        </label>
      )}
    </div>
  );
}

/** The other studies of the server, to tick. */
function NotAfter({ study, fields: { notAfter }, change }: FieldsParts & { study: string }) {
  const { value, refused } = useLoaded(ownerApi.studies, EVERY_MS);
  const others = value?.map(({ name }) => name).filter((name) => name !== study);
  const tick = (name: string, isTicked: boolean) =>
    change({ notAfter: isTicked ? [...notAfter, name] : notAfter.filter((one) => one !== name) });
  return (
    <fieldset>
      <legend>{text.notAfterTitle}</legend>
      <p class="quiet">{others?.length === 0 ? text.noOthers : text.notAfterMeans}</p>
      <Failure refused={refused} />
      <div class="ticks">
        {others?.map((name) => (
          <label key={name} class="check">
            <input
              type="checkbox"
              checked={notAfter.includes(name)}
              onChange={({ currentTarget }) => tick(name, currentTarget.checked)}
            />{" "}
            <bdi>{name}</bdi>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
