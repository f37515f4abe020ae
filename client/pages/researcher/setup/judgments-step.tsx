import { useId } from "preact/hooks";
import type { ProtocolChange } from "../../../../server/contract/protocol-change.ts";
import type { Protocol, ProtocolGroup, StudyDetail } from "../../../../server/contract/studies.ts";
import type { GroupKind } from "../../../../server/contract/words.ts";
import { words } from "../../../words/dashboard.ts";
import { ownerApi } from "../owner-api.ts";
import { Section } from "../section.tsx";
import { CountInput } from "./count-input.tsx";
import { StudyOutlook } from "./outlook.tsx";
import { SavedInput } from "./saved-input.tsx";
import { SavedMark } from "./saved-mark.tsx";
import { useEdit } from "./use-edit.ts";

const text = words.setup.judgments;
const KINDS: readonly GroupKind[] = ["crowd", "author", "model"];

/** Judgments: who judges, how often, and what that takes and finds, computed as it is changed. */
export function JudgmentsStep({
  study,
  changed,
}: {
  study: StudyDetail;
  changed: (study: StudyDetail) => void;
}) {
  const saving = useEdit(study, changed);
  const { protocol } = study;
  const set = (make: (protocol: Protocol) => ProtocolChange) =>
    saving.edit((latest) => ownerApi.setProtocol(latest.name, make(latest.protocol)));
  return (
    <Section name="judgments">
      <p>{text.means}</p>
      <Groups protocol={protocol} set={set} />
      <Shared protocol={protocol} set={set} />
      <SavedMark of={saving} />
      <StudyOutlook study={study} />
    </Section>
  );
}

interface PartProps {
  protocol: Protocol;
  set: (make: (protocol: Protocol) => ProtocolChange) => void;
}

function Groups({ protocol: { groups, sharedPrompts }, set }: PartProps) {
  const setGroups = (make: (groups: ProtocolGroup[]) => ProtocolGroup[]) =>
    set((latest) => ({ groups: make(latest.groups) }));
  const add = () => setGroups((all) => [...all, { ...NEW, name: freeName(all) }]);
  return (
    <>
      <div class="scroller">
        <table class="groups-table">
          <thead>
            <tr>
              <th scope="col">{text.group}</th>
              <th scope="col">{text.kind}</th>
              <th scope="col">{text.each}</th>
              {sharedPrompts > 0 && <th scope="col">{words.protocol.eachShared}</th>}
              <th scope="col">{text.most}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {groups.map((group, at) => (
              <GroupRow
                key={at}
                group={group}
                hasShared={sharedPrompts > 0}
                change={(some) =>
                  setGroups((all) => all.map((one, i) => (i === at ? { ...one, ...some } : one)))
                }
                remove={groups.length > 1 ? () => setGroups((all) => all.filter((_, i) => i !== at)) : null}
              />
            ))}
          </tbody>
        </table>
      </div>
      <p>
        <button type="button" onClick={add}>
          {text.add}
        </button>
      </p>
    </>
  );
}

const NEW: ProtocolGroup = {
  ...{ name: "authors", kind: "author", judgments: 1, sharedJudgments: 1 },
  ...{ judgmentsPerAnnotator: null, headline: true },
};

function freeName(groups: readonly ProtocolGroup[]): string {
  const isFree = (name: string) => groups.every((group) => group.name !== name);
  for (let i = 1; ; i++) {
    const name = i === 1 ? NEW.name : `${NEW.name}-${i}`;
    if (isFree(name)) return name;
  }
}

function GroupRow({
  group,
  hasShared,
  change,
  remove,
}: {
  group: ProtocolGroup;
  hasShared: boolean;
  change: (some: Partial<ProtocolGroup>) => void;
  remove: (() => void) | null;
}) {
  const labelled = (what: string) => `${what}, ${group.name}`;
  return (
    <tr>
      <td>
        <SavedInput
          type="text"
          required
          maxLength={100}
          value={group.name}
          aria-label={labelled(text.groupName)}
          save={(name) => change({ name })}
        />
      </td>
      <td>
        <select
          value={group.kind}
          aria-label={labelled(text.kind)}
          onChange={(event) => {
            const kind = event.currentTarget.value as GroupKind;
            change({ kind, headline: kind !== "model" });
          }}
        >
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {text.kinds[kind]}
            </option>
          ))}
        </select>
      </td>
      <GroupCounts {...{ group, hasShared, change, labelled }} />
      <td>
        {remove && (
          <button type="button" class="plain" onClick={remove}>
            {text.remove} <span class="out-of-sight">{group.name}</span>
          </button>
        )}
      </td>
    </tr>
  );
}

/** How many judgments of each comparison, and by each annotator. */
function GroupCounts({
  group,
  hasShared,
  change,
  labelled,
}: {
  group: ProtocolGroup;
  hasShared: boolean;
  change: (some: Partial<ProtocolGroup>) => void;
  labelled: (what: string) => string;
}) {
  return (
    <>
      <td>
        <CountInput
          label={labelled(text.each)}
          value={group.judgments}
          min={0}
          max={1000}
          set={(judgments) => change({ judgments: judgments ?? 0 })}
        />
      </td>
      {hasShared && (
        <td>
          <CountInput
            label={labelled(words.protocol.eachShared)}
            value={group.sharedJudgments}
            min={0}
            max={1000}
            set={(sharedJudgments) => change({ sharedJudgments: sharedJudgments ?? 0 })}
          />
        </td>
      )}
      <td>
        <CountInput
          label={labelled(text.most)}
          value={group.judgmentsPerAnnotator}
          min={1}
          max={1_000_000}
          canBeEmpty
          placeholder={text.noLimit}
          set={(judgmentsPerAnnotator) => change({ judgmentsPerAnnotator })}
        />
      </td>
    </>
  );
}

/** The shared set and checks. */
function Shared({ protocol: { sharedPrompts, checks }, set }: PartProps) {
  const id = useId();
  return (
    <div class="fields">
      <div class="field">
        <label for={`${id}-shared`}>{text.shared}</label>
        <CountInput
          id={`${id}-shared`}
          describedBy={`${id}-shared-means`}
          value={sharedPrompts}
          min={0}
          max={1_000_000}
          set={(shared) => set(() => ({ sharedPrompts: shared ?? 0 }))}
        />
        <p id={`${id}-shared-means`} class="quiet">
          {text.sharedMeans}
        </p>
      </div>
      <div class="field">
        <label for={`${id}-checks`}>{text.checks}</label>
        <CountInput
          id={`${id}-checks`}
          describedBy={`${id}-checks-means`}
          value={checks?.every ?? null}
          min={2}
          max={1000}
          canBeEmpty
          set={(every) => set(() => ({ checks: every === null ? null : { every } }))}
        />
        <p id={`${id}-checks-means`} class="quiet">
          {text.checksMeans}
        </p>
      </div>
    </div>
  );
}
