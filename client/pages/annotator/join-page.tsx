import { useEffect, useState } from "preact/hooks";
import type { JoinSheet, Sheet } from "../../../server/contract/judging.ts";
import { joinApi } from "../../api/judging.ts";
import type { Ending } from "../../api/request.ts";
import { Prose } from "../../components/prose.tsx";
import { words } from "../../words/annotator.ts";
import { type JoinedBefore, joinedBefore } from "./joined-before.ts";
import { personalLink } from "./link.ts";
import { OwnLink } from "./own-link.tsx";
import { Notice } from "./state-screen.tsx";

const text = words.join;

/**
 * What an open link leads to: what is asked, what is kept, and a start that makes an annotator; where there is nothing
 * to do, that alone.
 */
export function JoinPage({ link }: { link: string }) {
  const [sheet, setSheet] = useState<Ending<JoinSheet> | null>(null);
  const [token, setToken] = useState<string | null>(null);
  const before = joinedBefore(link);
  const fetchSheet = async () => setSheet(await joinApi.sheet(link, navigator.language));
  useEffect(() => void fetchSheet(), [link]);
  useEffect(() => {
    if (sheet?.kind === "ok") document.title = words.tabTitle(sheet.reply.title);
  }, [sheet]);
  if (token !== null) return <OwnLink token={token} />;
  if (sheet === null) return <main class="notice" />;
  if (sheet.kind === "ok" && sheet.reply.state !== "open")
    return <NothingToDo state={sheet.reply.state} before={before} ask={fetchSheet} />;
  if (sheet.kind === "ok") {
    const start = { link, before, onJoined: setToken, onRefused: fetchSheet };
    return <Invitation sheet={sheet.reply} {...start} />;
  }
  if (sheet.kind === "refused" && sheet.error === "LinkRevoked") return <Ended before={before} />;
  if (sheet.kind === "refused" && sheet.status === 401) return <Notice {...words.states.linkNotValid} />;
  const said = sheet.kind === "refused" ? words.states.away : words.states.offlineAtStart;
  return (
    <Notice title={said.title} text={text.offline}>
      <button type="button" onClick={() => void fetchSheet()}>
        {words.states.tryAgain}
      </button>
    </Notice>
  );
}

/** The link was taken back; whoever started by it before has a link of their own. */
const Ended = ({ before }: { before: JoinedBefore }) => (
  <Notice {...text.ended}>
    {before.token !== null && (
      <a class="button primary" href={personalLink(before.token)}>
        {text.comeBack}
      </a>
    )}
  </Notice>
);

interface NothingToDoProps {
  state: Exclude<JoinSheet["state"], "open">;
  before: JoinedBefore;
  ask: () => Promise<void>;
}

/** Said before anybody reads or starts anything; who was here before still finds the way back. */
function NothingToDo({ state, before, ask }: NothingToDoProps) {
  return (
    <Notice {...text[state]}>
      <div class="actions">
        {before.token !== null && (
          <a class="button" href={personalLink(before.token)}>
            {text.comeBack}
          </a>
        )}
        {(state === "taken" || state === "paused") && (
          <button type="button" onClick={() => void ask()}>
            {words.states.tryAgain}
          </button>
        )}
      </div>
    </Notice>
  );
}

interface StartProps {
  link: string;
  before: JoinedBefore;
  onJoined: (token: string) => void;
  /** Something has changed since the page asked. */
  onRefused: () => Promise<void>;
}

function Invitation({ sheet, ...start }: StartProps & { sheet: Sheet }) {
  const { left, tie, right } = sheet.options;
  return (
    <main class="notice invitation">
      <div lang={sheet.language} dir="auto">
        <p class="quiet">{sheet.title}</p>
        <h1>{sheet.question}</h1>
      </div>
      <p>{text.how}</p>
      <ul class="options" lang={sheet.language} dir="auto">
        {[left, tie, right].map((option) => (
          <li key={option}>{option}</li>
        ))}
      </ul>
      {sheet.guidelines && (
        <section aria-label={words.guidelines}>
          <h2>{words.guidelines}</h2>
          <Prose html={sheet.guidelines} lang={sheet.language} />
        </section>
      )}
      <section aria-labelledby="stored">
        <h2 id="stored">{text.storedTitle}</h2>
        <p>{text.stored}</p>
      </section>
      <Start {...start} />
    </main>
  );
}

/** Only the click makes an annotator, and somebody who was here before is first led back to where they were. */
function Start({ link, before, onJoined, onRefused }: StartProps) {
  const [starting, setStarting] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const start = async () => {
    setStarting(true);
    setFailure(null);
    const ending = await joinApi.join(link);
    setStarting(false);
    if (ending.kind === "ok") {
      before.remember(ending.reply.token);
      onJoined(ending.reply.token);
    } else if (ending.kind === "refused" && ending.status === 409) await onRefused();
    else setFailure(ending.kind === "refused" ? text.failed(ending.message) : text.offline);
  };
  return (
    <div class="start">
      {before.token !== null && (
        <>
          <p>{text.wasHere}</p>
          <a class="button primary" href={personalLink(before.token)}>
            {text.comeBack}
          </a>
        </>
      )}
      <button
        type="button"
        class={before.token === null ? "primary" : "plain"}
        disabled={starting}
        onClick={() => void start()}
      >
        {starting ? text.starting : before.token === null ? text.start : text.startAnew}
      </button>
      <p class="trouble" role="alert">
        {failure}
      </p>
    </div>
  );
}
