import { useState } from "preact/hooks";
import type { JudgeTemplate } from "../../../../server/contract/judges.ts";
import { words } from "../../../words/dashboard.ts";
import { Failure } from "../failure.tsx";
import { useAction } from "../use-action.ts";
import { judgesApi } from "./judges-api.ts";

const text = words.judges;

/** The instructions that a model gets for each pair, fetched when it is unfolded. */
export function Instructions({ study }: { study: string }) {
  const [template, setTemplate] = useState<JudgeTemplate | null>(null);
  const { working, refused, run } = useAction();
  const unfold = (event: Event & { currentTarget: HTMLDetailsElement }) => {
    if (event.currentTarget.open && template === null)
      run(async () => setTemplate(await judgesApi.template(study)));
  };
  return (
    <details class="more" onToggle={unfold}>
      <summary>{text.instructions}</summary>
      <p>{text.instructionsMeans}</p>
      {working && <p role="status">{words.loading}</p>}
      <Failure refused={refused} />
      {template !== null && (
        <>
          <pre class="as-written" dir="auto">
            {template.text}
          </pre>
          <p class="quiet">
            {text.version(template.version)}. {text.hash}: <code class="hash">{template.hash}</code>
          </p>
        </>
      )}
    </details>
  );
}
