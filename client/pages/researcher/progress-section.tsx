import type { StudyDetail } from "../../../server/contract/studies.ts";
import { words } from "../../words/dashboard.ts";
import { Section } from "./section.tsx";
import { SkipsList } from "./skips-list.tsx";
import { PaceTable } from "./watching/pace-table.tsx";

const text = words.progress;
type Entry = StudyDetail["progress"][number];

/** Judgments of those wanted, by group and pair of systems. */
export function ProgressSection({ study }: { study: StudyDetail }) {
  if (study.progress.length === 0) {
    return (
      <Section name="progress">
        <p>{text.empty}</p>
      </Section>
    );
  }
  const groups = [...new Set(study.progress.map((entry) => entry.group))];
  const systems = [...new Set(study.progress.map((entry) => entry.system))];
  const target = systems.length === 1 ? systems[0] : undefined;
  return (
    <Section name="progress">
      <table class="progress-table">
        <thead>
          <tr>
            <th scope="col">
              {target === undefined ? (
                text.pair
              ) : (
                <>
                  <bdi>{target}</bdi> {words.protocol.against}
                </>
              )}
            </th>
            <th scope="col" colSpan={2}>
              {text.judged}
            </th>
          </tr>
        </thead>
        {groups.map((group) => (
          <GroupRows
            key={group}
            group={group}
            named={target === undefined}
            entries={study.progress.filter((one) => one.group === group)}
          />
        ))}
      </table>
      {study.state !== "closed" && <PaceTable study={study.name} />}
      <SkipsList skips={study.skips} />
    </Section>
  );
}

function GroupRows({ group, named, entries }: { group: string; named: boolean; entries: Entry[] }) {
  const sum = (key: "judged" | "wanted") => entries.reduce((total, entry) => total + entry[key], 0);
  return (
    <tbody>
      <tr class="block">
        <th scope="rowgroup">
          <bdi>{group}</bdi>
        </th>
        <Bar judged={sum("judged")} wanted={sum("wanted")} says={text.bar(group, text.all)} />
      </tr>
      {entries.map((entry) => {
        const pair = text.against(entry.system, entry.against);
        return (
          <tr key={pair}>
            <th scope="row">
              {named && (
                <>
                  <bdi>{entry.system}</bdi> {words.protocol.against}{" "}
                </>
              )}
              <bdi>{entry.against}</bdi>
            </th>
            <Bar judged={entry.judged} wanted={entry.wanted} says={text.bar(group, pair)} />
          </tr>
        );
      })}
    </tbody>
  );
}

function Bar({ judged, wanted, says }: { judged: number; wanted: number; says: string }) {
  return (
    <>
      <td class="bar">
        <progress value={judged} max={Math.max(1, wanted)} aria-label={says} />
      </td>
      <td class="number">{text.of(judged, wanted)}</td>
    </>
  );
}
