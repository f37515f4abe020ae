import { useRef, useState } from "preact/hooks";
import type { StudyDetail } from "../../../../server/contract/studies.ts";
import type { Refused } from "../owner-api.ts";
import { asRefused } from "../use-loaded.ts";

export interface Edit {
  /** Null: nothing was changed yet. */
  state: "saving" | "saved" | null;
  refused: Refused | null;
  /** Changes the study as it is after all earlier changes. */
  edit: (make: (study: StudyDetail) => Promise<StudyDetail>) => void;
}

/** Saves changes of a study one after another, each made of what the one before it left. */
export function useEdit(study: StudyDetail, changed: (study: StudyDetail) => void): Edit {
  const [state, setState] = useState<Edit["state"]>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const latest = useRef(study);
  const waiting = useRef(0);
  const chain = useRef(Promise.resolve());
  if (waiting.current === 0) latest.current = study;
  const edit: Edit["edit"] = (make) => {
    waiting.current++;
    setState("saving");
    setRefused(null);
    chain.current = chain.current.then(async () => {
      try {
        latest.current = await make(latest.current);
        setState("saved");
      } catch (error) {
        setState(null);
        setRefused(asRefused(error));
      }
      waiting.current--;
      changed(latest.current);
    });
  };
  return { state, refused, edit };
}
