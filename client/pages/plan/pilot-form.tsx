import { useState } from "preact/hooks";
import type { Pilot } from "../../../server/contract/plan.ts";
import { request } from "../../api/request.ts";
import { words } from "../../words/plan.ts";

interface Taken {
  readonly ties: string;
  readonly correlation?: string;
  readonly annotatorCorrelation: string;
}

/** Enters what a study of the owner's shows: its ties and its correlations. */
export function PilotForm({ setAll }: { setAll: (some: Taken) => void }) {
  const [study, setStudy] = useState("");
  const [says, setSays] = useState("");
  const { label, help, take, taken } = words.pilot;
  const ask = async () => {
    const name = study.trim();
    if (name === "") return;
    const path = `/api/studies/${encodeURIComponent(name)}/pilot`;
    const ending = await request<Pilot>({ method: "GET", path });
    if (ending.kind !== "ok") {
      setSays(ending.kind === "refused" ? ending.message : words.unreachable);
      return;
    }
    const { ties, correlation, annotatorCorrelation } = ending.reply;
    setAll({
      ties: String(ties),
      annotatorCorrelation: String(annotatorCorrelation),
      ...(correlation === undefined ? {} : { correlation: String(correlation) }),
    });
    setSays(taken(name, ending.reply));
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void ask();
      }}
    >
      <div class="field">
        <label for="pilot">{label}</label>
        <input
          id="pilot"
          autocomplete="off"
          value={study}
          aria-describedby="pilot-help"
          onInput={(event) => setStudy(event.currentTarget.value)}
        />
        <small id="pilot-help">{help}</small>
      </div>
      <div class="field">
        <button type="submit">{take}</button>
        <p role="status">{says}</p>
      </div>
    </form>
  );
}
