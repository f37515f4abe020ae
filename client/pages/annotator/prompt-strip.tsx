import { useLayoutEffect, useRef, useState } from "preact/hooks";

/** The prompt in two lines, while the answers are read and the prompt itself is out of sight. */
export function PromptStrip({ assignment }: { assignment: string }) {
  const strip = useRef<HTMLButtonElement>(null);
  const [text, setText] = useState<string | null>(null);
  useLayoutEffect(() => {
    const prompts = document.querySelectorAll(".pair .turn.last > .prompt");
    const prompt = prompts[prompts.length - 1];
    const look = () => {
      const isGone = prompt !== undefined && prompt.getBoundingClientRect().bottom < 0;
      setText(isGone ? (prompt.querySelector(".prose")?.textContent?.trim() ?? "") : null);
    };
    look();
    window.addEventListener("scroll", look, { passive: true });
    window.addEventListener("resize", look);
    return () => {
      window.removeEventListener("scroll", look);
      window.removeEventListener("resize", look);
    };
  }, [assignment]);
  useLayoutEffect(() => {
    const height = text === null ? 0 : (strip.current?.offsetHeight ?? 0);
    document.documentElement.style.setProperty("--strip", `${height}px`);
  }, [text]);
  // a second copy for the eye alone: whoever cannot see it reads the prompt itself
  return (
    <div class="prompt-strip" aria-hidden="true">
      {text !== null && (
        <button ref={strip} type="button" tabIndex={-1} onClick={() => window.scrollTo({ top: 0 })}>
          <span dir="auto">{text}</span>
        </button>
      )}
    </div>
  );
}
