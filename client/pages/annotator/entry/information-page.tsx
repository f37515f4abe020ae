import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { EntryPage } from "../../../../server/contract/entry.ts";
import { Prose } from "../../../components/prose.tsx";
import { words } from "../../../words/entry.ts";
import { words as join } from "../../../words/join.ts";
import { words as leaving } from "../../../words/leaving.ts";
import { PrivacyLink } from "../privacy-link.tsx";
import { type StageProps, StageScreen } from "./stage-screen.tsx";

const text = words.information;

interface InformationProps extends StageProps {
  page: Extract<EntryPage, { kind: "information" }>;
  /** Whether they came from a platform. */
  isParticipant: boolean;
}

/** What the study is, how long it takes, what it pays, what is stored and whom to write to. */
export function InformationPage({ page, isParticipant, ...stage }: InformationProps) {
  const { stages, language, step, show, failure } = stage;
  const [sending, setSending] = useState(false);
  const goOn = async () => {
    setSending(true);
    show(await step({ stage: "information" }));
    setSending(false);
  };
  const part = (
    title: string,
    html: string | null,
    ours: readonly string[] = [],
    last: ComponentChildren = null,
  ) =>
    (html !== null || ours.length > 0) && (
      <section>
        <h2>{title}</h2>
        {ours.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {html !== null && <Prose html={html} lang={language} />}
        {last}
      </section>
    );
  const { pairs, isAsked, minutes, isMeasured, limit, retentionDays } = page;
  return (
    <StageScreen at="information" stages={stages} failure={failure}>
      {page.warning !== null && (
        <section class="warning" aria-label={text.warning}>
          <p>
            <strong>{text.warning}</strong>
          </p>
          <Prose html={page.warning} lang={language} />
        </section>
      )}
      <Prose html={page.text} lang={language} />
      <section>
        <h2>{text.howMuch}</h2>
        <p>
          {isAsked ? text.asked(pairs) : text.atMost(pairs)}{" "}
          {minutes !== null && (isMeasured ? text.measured(minutes) : text.fromLength(minutes))}
        </p>
        {limit !== null && <p>{join.limit(limit.minutes, limit.mayExtend)}</p>}
      </section>
      {part(text.pay, page.pay)}
      {part(
        text.stored,
        page.stored,
        [
          text.storedAlways,
          ...(isParticipant ? [join.storedOfParticipant] : []),
          ...(isParticipant && retentionDays !== null ? [leaving.retention(retentionDays)] : []),
        ],
        <PrivacyLink />,
      )}
      {part(text.stop, page.stop, page.stop === null ? [text.stopDefault] : [])}
      {part(text.contact, page.contact)}
      <p>
        <button type="button" class="primary" disabled={sending} onClick={() => void goOn()}>
          {sending ? words.sending : words.continue}
        </button>
      </p>
    </StageScreen>
  );
}
