import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { shownView } from "../../../outbox/held-work.ts";
import { words } from "../../../words/annotator-quality.ts";
import type { Judging } from "../judging.ts";
import "./quality.css";

const text = words.signs;

/** Asks once whether it may be noted that the page is left and texts are copied; notes it of those who agree. */
export function Signs({ judging }: { judging: Judging }) {
  const { sheet } = judging.held.value;
  if (sheet?.signs === "on") return <Noting judging={judging} />;
  return sheet === null ? null : <Question judging={judging} language={sheet.language} />;
}

function Question({ judging, language }: { judging: Judging; language: string }) {
  const [failed, setFailed] = useState(false);
  const agree = async (agrees: boolean) => {
    const isSaved = await judging.post("/api/judge/signs", { agrees });
    setFailed(!isSaved);
    if (isSaved) await judging.useLanguage(language); // the sheet knows the answer now
  };
  return (
    <section class="work-warning" aria-labelledby="signs-asked">
      <h2 id="signs-asked">{text.title}</h2>
      <p>{text.asks}</p>
      <p>{text.free}</p>
      <div class="buttons">
        <button type="button" onClick={() => void agree(true)}>
          {text.agree}
        </button>
        <button type="button" onClick={() => void agree(false)}>
          {text.decline}
        </button>
      </div>
      <p class="trouble" role="alert">
        {failed && words.answer.failed}
      </p>
    </section>
  );
}

/** Counts, for the pair on the screen, how often the page was left and come back to, and a text of the pair copied. */
function Noting({ judging }: { judging: Judging }) {
  const assignment = shownView(judging.held.value)?.assignment;
  const noted = useRef({ left: 0, copied: 0 });
  useLayoutEffect(() => {
    noted.current = { left: 0, copied: 0 };
  }, [assignment]);
  useEffect(() => {
    const look = () => {
      if (!document.hidden) noted.current.left++;
    };
    const copy = ({ target }: Event) => {
      if (target instanceof Node && document.querySelector(".pair-screen")?.contains(target))
        noted.current.copied++;
    };
    document.addEventListener("visibilitychange", look);
    document.addEventListener("copy", copy);
    judging.signs = () => ({ ...noted.current });
    return () => {
      document.removeEventListener("visibilitychange", look);
      document.removeEventListener("copy", copy);
      delete judging.signs;
    };
  }, [judging]);
  return null;
}
