import type { StudyDetail } from "../../../server/contract/studies.ts";
import { words } from "../../words/dashboard.ts";
import { Loads } from "./loads.tsx";
import { Section } from "./section.tsx";
import { UploadFiles } from "./setup/files-step.tsx";
import { DisplayNames } from "./setup/systems-step.tsx";

/** What is loaded: systems with their outputs, and every load with its report. */
export function MaterialSection({
  study,
  changed,
}: {
  study: StudyDetail;
  /** Called with the study as it is after a change; undefined: this person may not change it. */
  changed?: (study: StudyDetail) => void;
}) {
  const text = words.material;
  const isEmpty = study.prompts === 0 && study.systemList.length === 0;
  return (
    <Section name="material">
      {isEmpty ? <p>{text.empty}</p> : <p>{text.has(study.prompts, study.systems, study.loadedJudgments)}</p>}
      {study.systemList.length > 0 && (
        <>
          <Systems study={study} />
          {changed && <DisplayNames study={study} changed={changed} />}
        </>
      )}
      <Loads study={study} />
      {changed && study.state !== "closed" && (
        <details class="more-files">
          <summary>{words.setup.drop.more}</summary>
          <UploadFiles study={study} changed={changed} />
        </details>
      )}
    </Section>
  );
}

function Systems({ study }: { study: StudyDetail }) {
  const text = words.material;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{text.system}</th>
          <th scope="col">{text.role}</th>
          <th scope="col" class="number">
            {text.responses}
          </th>
        </tr>
      </thead>
      <tbody>
        {study.systemList.map((system) => (
          <tr key={system.name}>
            <th scope="row">
              <bdi>{system.displayName}</bdi>
              {system.displayName !== system.name && (
                <span class="quiet">
                  {" "}
                  <bdi>{system.name}</bdi>
                </span>
              )}
            </th>
            <td>{text.roles[system.role]}</td>
            <td class="number">
              {words.number(system.responses)}
              {system.responses < study.prompts && (
                <span class="aside">{text.missing(study.prompts - system.responses)}</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
