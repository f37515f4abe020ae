import { words } from "../../../words/annotator-quality.ts";
import type { Judging } from "../judging.ts";
import { Notice } from "../notice.tsx";
import { AnswerBox } from "./answer-box.tsx";

const text = words.review;

/** A person looks at the work of this annotator before there are more pairs. */
export function ReviewScreen({ judging }: { judging: Judging }) {
  const { review } = judging.held.value;
  return (
    <Notice title={text.title} text={review ? `${text.text} ${text.why[review]}` : text.text}>
      <p>{text.pay}</p>
      <AnswerBox judging={judging} asks={words.answer.asks} />
      <p class="quiet">{text.asksAgain}</p>
      <div class="actions">
        <button type="button" onClick={() => void judging.wake({ mayReplaceShown: false })}>
          {text.again}
        </button>
      </div>
    </Notice>
  );
}
