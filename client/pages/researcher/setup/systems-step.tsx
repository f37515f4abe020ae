import { useId } from "preact/hooks";
import type { Protocol, StudyDetail } from "../../../../server/contract/studies.ts";
import { words } from "../../../words/dashboard.ts";
import { ownerApi } from "../owner-api.ts";
import { Section } from "../section.tsx";
import { SavedInput } from "./saved-input.tsx";
import { SavedMark } from "./saved-mark.tsx";
import { useEdit } from "./use-edit.ts";

const text = words.setup.systems;
type System = StudyDetail["systemList"][number];

interface StepProps {
  study: StudyDetail;
  changed: (study: StudyDetail) => void;
}

/** Systems: which is the target, which are its baselines, in which order, and what each is called in reports. */
export function SystemsStep({ study, changed }: StepProps) {
  const id = useId();
  const saving = useEdit(study, changed);
  const { systemList, protocol } = study;
  const setPairs = (make: (study: StudyDetail) => Protocol["pairs"]) =>
    saving.edit((latest) => ownerApi.setProtocol(latest.name, { pairs: make(latest) }));
  const setTarget = (target: string) =>
    setPairs((latest) => (target === "" ? "all" : { target, baselines: othersOf(latest, target) }));
  if (systemList.length === 0)
    return (
      <Section name="systems">
        <p>{text.none}</p>
      </Section>
    );
  const { pairs } = protocol;
  const target = pairs === "all" ? "" : pairs.target;
  return (
    <Section name="systems">
      <div class="field target-field">
        <label for={id}>{text.target}</label>
        <select
          id={id}
          value={target}
          aria-describedby={`${id}-means`}
          onChange={(event) => setTarget(event.currentTarget.value)}
        >
          <option value="">{text.all}</option>
          {systemList.map(({ name, displayName }) => (
            <option key={name} value={name}>
              {displayName}
            </option>
          ))}
        </select>
        <p id={`${id}-means`} class="quiet">
          {text.targetMeans}
        </p>
      </div>
      <SystemTable study={study} setPairs={setPairs} edit={saving.edit} />
      <p>{text.compared(pairCount(study))}</p>
      <SavedMark of={saving} />
    </Section>
  );
}

/** What systems are called in reports, in a study that has been opened. */
export function DisplayNames({ study, changed }: StepProps) {
  const saving = useEdit(study, changed);
  return (
    <details class="more-names">
      <summary>{text.change}</summary>
      <SystemTable study={study} setPairs={() => undefined} edit={saving.edit} />
      <SavedMark of={saving} />
    </details>
  );
}

const othersOf = ({ systemList }: StudyDetail, target: string): string[] =>
  systemList.map(({ name }) => name).filter((name) => name !== target);

function pairCount({ systemList, protocol: { pairs } }: StudyDetail): number {
  const n = systemList.length;
  return pairs === "all" ? (n * (n - 1)) / 2 : pairs.baselines.length;
}

/** The target first, then the baselines in their order, then the others. */
function inOrder({ systemList, protocol: { pairs } }: StudyDetail): System[] {
  if (pairs === "all") return systemList;
  const order = [pairs.target, ...pairs.baselines];
  const rank = ({ name }: System) => (order.includes(name) ? order.indexOf(name) : order.length);
  return [...systemList].sort((a, b) => rank(a) - rank(b));
}

interface TableProps {
  study: StudyDetail;
  setPairs: (make: (study: StudyDetail) => Protocol["pairs"]) => void;
  edit: ReturnType<typeof useEdit>["edit"];
}

function SystemTable({ study, setPairs, edit }: TableProps) {
  const { pairs } = study.protocol;
  const isDraft = study.state === "draft";
  const setBaselines = (make: (baselines: readonly string[]) => string[]) =>
    setPairs(({ protocol: { pairs: latest } }) =>
      latest === "all" ? latest : { ...latest, baselines: make(latest.baselines) },
    );
  return (
    <div class="scroller">
      <table class="systems-table">
        <thead>
          <tr>
            <th scope="col">{text.name}</th>
            <th scope="col">{text.inFiles}</th>
            <th scope="col" class="number">
              {text.outputs}
            </th>
            {pairs !== "all" && <th scope="col">{text.role}</th>}
          </tr>
        </thead>
        <tbody>
          {inOrder(study).map((system) => (
            <tr key={system.name}>
              <td>
                <SavedInput
                  type="text"
                  class="system-name"
                  required
                  maxLength={200}
                  value={system.displayName}
                  aria-label={text.nameOf(system.name)}
                  save={(name) => edit((latest) => ownerApi.setDisplayName(latest.name, system.name, name))}
                />
              </td>
              <th scope="row">
                <bdi>{system.name}</bdi>
              </th>
              <td class="number">
                {words.number(system.responses)}
                {system.responses < study.prompts && (
                  <span class="aside">{words.material.missing(study.prompts - system.responses)}</span>
                )}
              </td>
              {pairs !== "all" && (
                <td>
                  {system.name === pairs.target ? (
                    text.isTarget
                  ) : (
                    <Baseline {...{ system, isDraft, setBaselines }} baselines={pairs.baselines} />
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Whether a system is a baseline, and its place among them. */
function Baseline({
  system: { name },
  baselines,
  isDraft,
  setBaselines,
}: {
  system: System;
  baselines: readonly string[];
  isDraft: boolean;
  setBaselines: (make: (baselines: readonly string[]) => string[]) => void;
}) {
  const at = baselines.indexOf(name);
  if (!isDraft) return <>{at < 0 ? words.material.roles.contender : text.baseline}</>;
  const isLast = at >= 0 && baselines.length === 1;
  return (
    <span class="row">
      <label class="check-line" title={isLast ? text.oneLeft : undefined}>
        <input
          type="checkbox"
          checked={at >= 0}
          disabled={isLast}
          aria-label={text.isBaseline(name)}
          onChange={(event) => {
            const isOn = event.currentTarget.checked;
            setBaselines((all) => (isOn ? [...all, name] : all.filter((one) => one !== name)));
          }}
        />
        {text.baseline}
      </label>
      {at > 0 && (
        <button type="button" class="plain" onClick={() => setBaselines((all) => movedUp(all, name))}>
          ↑ <span class="out-of-sight">{text.up(name)}</span>
        </button>
      )}
    </span>
  );
}

function movedUp(names: readonly string[], name: string): string[] {
  const at = names.indexOf(name);
  const moved = names.filter((one) => one !== name);
  moved.splice(Math.max(0, at - 1), 0, name);
  return moved;
}
