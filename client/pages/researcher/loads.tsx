import type { StudyDetail } from "../../../server/contract/studies.ts";
import { words } from "../../words/dashboard.ts";
import { LoadEntry } from "./load-entry.tsx";

/** So many loads stand in sight; a folder that was refused again and again leaves a hundred. */
const IN_SIGHT = 5;

/**
 * Every load with its report, folded once a study is open and all went well; nothing where there is none. Of those that were refused
 * only the latest stands open, where nothing was loaded after it.
 */
export function Loads({ study }: { study: StudyDetail }) {
  const [latest] = study.loads;
  if (latest === undefined) return null;
  const listed = (loads: StudyDetail["loads"]) => (
    <ul class="loads">
      {loads.map((load) => (
        <LoadEntry
          key={load.number}
          study={study.name}
          load={load}
          isOpen={load === latest && load.state === "failed"}
        />
      ))}
    </ul>
  );
  if (study.state !== "draft" && study.loads.every(({ state }) => state === "published"))
    return (
      <details>
        <summary>{words.material.allLoaded(study.loads.length)}</summary>
        {listed(study.loads)}
      </details>
    );
  const earlier = study.loads.slice(IN_SIGHT);
  return (
    <>
      <h3>{words.material.loads}</h3>
      {listed(study.loads.slice(0, IN_SIGHT))}
      {earlier.length > 0 && (
        <details>
          <summary>{words.material.earlierLoads(earlier.length)}</summary>
          {listed(earlier)}
        </details>
      )}
    </>
  );
}
