import { useState } from "preact/hooks";
import type { EntryPage } from "../../../../server/contract/entry.ts";
import { Prose } from "../../../components/prose.tsx";
import { words as common } from "../../../words/annotator.ts";
import { words } from "../../../words/entry.ts";
import { Notice } from "../notice.tsx";
import { type StageProps, StageScreen } from "./stage-screen.tsx";

const text = words.consent;

interface ConsentProps extends StageProps {
  page: Extract<EntryPage, { kind: "consent" }>;
}

/** What is to be agreed to, statement by statement. Who refuses is given nothing, and may read it again. */
export function ConsentPage({ page, stages, language, step, show, failure }: ConsentProps) {
  const { version, statements, isNew, isRefused } = page;
  const [ticked, setTicked] = useState<ReadonlySet<number>>(new Set());
  const [isRead, setRead] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const decide = async (agrees: boolean) => {
    const isMissing = agrees && ticked.size < statements.length;
    setProblem(isMissing ? text.missing : null);
    if (isMissing) return;
    setSending(true);
    const next = await step({ stage: "consent", version, agrees });
    setSending(false);
    setRead(false);
    show(next);
  };
  const tick = (index: number, isTicked: boolean) => {
    const others = [...ticked].filter((one) => one !== index);
    setTicked(new Set(isTicked ? [...others, index] : others));
  };
  if (isRefused && !isRead) {
    return (
      <Notice {...common.finishes.no_consent}>
        <p>
          <button type="button" onClick={() => setRead(true)}>
            {text.readAgain}
          </button>
        </p>
      </Notice>
    );
  }
  return (
    <StageScreen at="consent" stages={stages} failure={problem ?? failure}>
      {isNew && <p class="warning">{text.isNew}</p>}
      <Prose html={page.text} lang={language} />
      <p class="quiet version">{text.version(version)}</p>
      {statements.length > 0 && (
        <fieldset class="statements">
          <legend>{text.statements}</legend>
          {statements.map((html, index) => (
            <label key={html}>
              <input
                type="checkbox"
                checked={ticked.has(index)}
                onChange={(event) => tick(index, event.currentTarget.checked)}
              />
              <Prose html={html} lang={language} />
            </label>
          ))}
        </fieldset>
      )}
      <div class="actions">
        <button type="button" class="primary" disabled={sending} onClick={() => void decide(true)}>
          {sending ? words.sending : text.agree}
        </button>
        <button type="button" disabled={sending} onClick={() => void decide(false)}>
          {text.refuse}
        </button>
      </div>
    </StageScreen>
  );
}
