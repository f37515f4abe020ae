import type { StudyDetail } from "../../../server/contract/studies.ts";
import { words } from "../../words/dashboard.ts";
import { LoadEntry } from "./load-entry.tsx";

/** Every load with its report; nothing where there is none. */
export function Loads({ study }: { study: StudyDetail }) {
  if (study.loads.length === 0) return null;
  return (
    <>
      <h3>{words.material.loads}</h3>
      <ul class="loads">
        {study.loads.map((load) => (
          <LoadEntry key={load.number} study={study.name} load={load} />
        ))}
      </ul>
    </>
  );
}
