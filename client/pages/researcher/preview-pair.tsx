import type { AssignmentView } from "../../../server/contract/judging.ts";
import { Prose } from "../../components/prose.tsx";
import { desk as words } from "../../words/en/desk.ts";

const text = words.preview;

/** One comparison: each turn of the prompt with the two responses under it, side by side where there is room. */
export function PreviewPair({ view }: { view: AssignmentView }) {
  return (
    <>
      {view.prompt.map((prompt, turn) => (
        <div key={turn} class="preview-turn">
          <Prose html={prompt} />
          {[view.left, view.right].map((side, index) => (
            <div key={index} class="preview-side">
              <h3>{index === 0 ? text.answerA : text.answerB}</h3>
              <Prose html={side[turn] ?? ""} />
            </div>
          ))}
        </div>
      ))}
    </>
  );
}
