import "./judges.css";
import { useState } from "preact/hooks";
import type { StudyDetail } from "../../../../server/contract/studies.ts";
import { words } from "../../../words/dashboard.ts";
import { Failure } from "../failure.tsx";
import { Section } from "../section.tsx";
import { useLoaded } from "../use-loaded.ts";
import { JudgedByModels } from "./judged-by-models.tsx";
import { JudgeForm } from "./judge-form.tsx";
import { judgesApi } from "./judges-api.ts";
import { RunList } from "./run-list.tsx";
import { Instructions } from "./instructions.tsx";

const text = words.judges;
const RUNNING_MS = 1000;
const RESTING_MS = 15_000;

/** Models that judge: a run to start, the runs so far, and what they are told. */
export function JudgesSection({ study, canStart }: { study: StudyDetail; canStart: boolean }) {
  const [everyMs, setEveryMs] = useState(RESTING_MS);
  const { value, refused, again } = useLoaded(async () => {
    const reply = await judgesApi.runs(study.name);
    setEveryMs(
      reply.runs.some(({ ending, isBatch }) => ending === null && !isBatch) ? RUNNING_MS : RESTING_MS,
    );
    return reply;
  }, everyMs);
  return (
    <Section name="judges">
      <p class="means">{text.means}</p>
      {study.state !== "open" && <p>{text.notOpen[study.state]}</p>}
      {canStart && value !== null && study.state === "open" && (
        <JudgeForm study={study} servers={value.servers} started={again} />
      )}
      <Instructions study={study.name} />
      {study.protocolHash !== null && <JudgedByModels study={study.name} />}
      <Failure refused={refused} />
      {value !== null && (value.runs.length > 0 || study.state === "open") && (
        <>
          <h3>{text.runs}</h3>
          <RunList study={study.name} runs={value.runs} changed={again} />
        </>
      )}
    </Section>
  );
}
