import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Arrival, JoinSheet, Sheet } from "../../../server/contract/judging.ts";
import type { Finish } from "../../../server/contract/platforms.ts";
import { joinApi } from "../../api/judging.ts";
import type { Ending } from "../../api/request.ts";
import { Prose } from "../../components/prose.tsx";
import { speak, words } from "../../words/annotator.ts";
import { words as text } from "../../words/join.ts";
import { Contact } from "./contact.tsx";
import { Decline } from "./decline.tsx";
import { type JoinedBefore, joinedBefore } from "./joined-before.ts";
import { personalLink } from "./link.ts";
import { OwnLink } from "./own-link.tsx";
import { Notice } from "./notice.tsx";
import { PrivacyLink } from "./privacy-link.tsx";
import { WayBack } from "./way-back.tsx";

/**
 * What an open link leads to: what is asked, what is kept, and a start that makes an annotator; where there is nothing
 * to do, that alone. Who is known to have started goes on.
 */
export function JoinPage({ arrival }: { arrival: Arrival }) {
  const [sheet, setSheet] = useState<Ending<JoinSheet> | null>(null);
  const [token, setToken] = useState<string | null>(null);
  const [declined, setDeclined] = useState<Finish | null>(null);
  const fetchSheet = async () => {
    const ending = await joinApi.sheet(arrival, navigator.language);
    if (ending.kind === "ok") await speak([ending.reply.language, ...navigator.languages]);
    setSheet(ending);
  };
  useEffect(() => void fetchSheet(), [arrival.link]);
  useEffect(() => {
    if (sheet?.kind === "ok") document.title = words.tabTitle(sheet.reply.title);
  }, [sheet]);
  if (token !== null) return <OwnLink token={token} isLast={sheet?.kind === "ok" && !sheet.reply.hasEntry} />;
  if (declined !== null) {
    return (
      <Notice {...text.declined}>
        <WayBack finish={declined} />
      </Notice>
    );
  }
  if (sheet === null) return <main class="notice" />;
  if (sheet.kind === "ok") {
    const { state, visitor, finish } = sheet.reply;
    if (visitor === "known") return <GoOn arrival={arrival} />;
    // a participant is known by their id, whoever else has used this browser
    const before = visitor === "plain" ? joinedBefore(arrival.link) : NOBODY;
    if (state !== "open") return <NothingToDo {...{ state, before, finish }} ask={fetchSheet} />;
    const start = { arrival, before, onJoined: setToken, onRefused: fetchSheet, onDeclined: setDeclined };
    return <Invitation sheet={sheet.reply} {...start} />;
  }
  return <NoInvitation ending={sheet} link={arrival.link} ask={fetchSheet} />;
}

const NOBODY: JoinedBefore = { token: null, propose: () => undefined, remember: () => undefined };

/** Why there is nothing to start, where the server did not answer with an invitation. */
function NoInvitation(given: {
  ending: Exclude<Ending<JoinSheet>, { kind: "ok" }>;
  link: string;
  ask: () => Promise<void>;
}) {
  const { ending, link, ask } = given;
  if (ending.kind === "refused") {
    const contact = <Contact link={link} />;
    if (ending.error === "LinkRevoked") return <Ended before={joinedBefore(link)}>{contact}</Ended>;
    if (ending.error === "ParticipantMissing") return <Notice {...text.noParticipant}>{contact}</Notice>;
    if (ending.error === "ParticipantWrong") return <Notice {...text.wrongParticipant}>{contact}</Notice>;
    if (ending.status === 401) return <Notice {...words.states.linkNotValid} />;
  }
  const { title } = ending.kind === "refused" ? words.states.away : words.states.offlineAtStart;
  return (
    <Notice title={title} text={words.offlineNow}>
      <button type="button" onClick={() => void ask()}>
        {words.states.tryAgain}
      </button>
    </Notice>
  );
}

/** Somebody whom the platform sends again, from whatever device, goes on where they were. */
function GoOn({ arrival }: { arrival: Arrival }) {
  const [failed, setFailed] = useState(false);
  const goOn = async () => {
    const ending = await joinApi.join(arrival);
    setFailed(ending.kind !== "ok");
    if (ending.kind === "ok") location.replace(personalLink(ending.reply.token));
  };
  useEffect(() => void goOn(), []);
  if (!failed) return <main class="notice" />;
  return (
    <Notice title={words.states.offlineAtStart.title} text={words.offlineNow}>
      <button type="button" onClick={() => void goOn()}>
        {words.states.tryAgain}
      </button>
    </Notice>
  );
}

/** The link was taken back; whoever started by it before has a link of their own. */
const Ended = ({ before, children }: { before: JoinedBefore; children: ComponentChildren }) => (
  <Notice {...text.ended}>
    {children}
    {before.token !== null && (
      <a class="button primary" href={personalLink(before.token)}>
        {text.comeBack}
      </a>
    )}
  </Notice>
);

interface NothingToDoProps extends Pick<JoinSheet, "finish"> {
  state: Exclude<JoinSheet["state"], "open">;
  before: JoinedBefore;
  ask: () => Promise<void>;
}

/** Said before anybody reads or starts anything; who was here before still finds the way back. */
function NothingToDo({ state, before, finish, ask }: NothingToDoProps) {
  const mayChange = state === "taken" || state === "paused" || state === "crowded";
  return (
    <Notice {...text[state]}>
      <div class="actions">
        {before.token !== null && (
          <a class="button" href={personalLink(before.token)}>
            {text.comeBack}
          </a>
        )}
        {mayChange && (
          <button type="button" onClick={() => void ask()}>
            {words.states.tryAgain}
          </button>
        )}
      </div>
      {finish && <WayBack finish={finish} waits={mayChange} />}
    </Notice>
  );
}

interface StartProps {
  arrival: Arrival;
  before: JoinedBefore;
  onJoined: (token: string) => void;
  /** Something has changed since the page asked. */
  onRefused: () => Promise<void>;
  onDeclined: (finish: Finish) => void;
}

function Invitation({ sheet, ...start }: StartProps & { sheet: JoinSheet }) {
  const options = Object.values(sheet.options);
  return (
    <main class="notice invitation">
      {sheet.visitor === "preview" && <p class="warning">{text.preview}</p>}
      <div lang={sheet.language} dir="auto">
        <p class="quiet">{sheet.title}</p>
        <h1>{sheet.question}</h1>
      </div>
      <p>{text.how(options.length)}</p>
      <ul class="options" lang={sheet.language} dir="auto">
        {options.map((option) => (
          <li key={option}>{option}</li>
        ))}
      </ul>
      <Guidelines sheet={sheet} />
      <section aria-labelledby="stored">
        <h2 id="stored">{text.storedTitle}</h2>
        <p>{text.stored}</p>
        {sheet.visitor === "new" && <p>{text.storedOfParticipant}</p>}
        <PrivacyLink />
      </section>
      {sheet.limit && <p>{text.limit(sheet.limit.minutes, sheet.limit.mayExtend)}</p>}
      {sheet.visitor !== "preview" && <Start sheet={sheet} {...start} />}
    </main>
  );
}

const Guidelines = ({ sheet }: { sheet: Sheet }) =>
  sheet.guidelines && (
    <section aria-label={words.guidelines}>
      <h2>{words.guidelines}</h2>
      <Prose html={sheet.guidelines} lang={sheet.language} />
    </section>
  );

/** Only the click makes an annotator, and somebody who was here before is led back to where they were. */
function Start({
  sheet,
  arrival,
  before,
  onJoined,
  onRefused,
  onDeclined,
}: StartProps & { sheet: JoinSheet }) {
  const [starting, setStarting] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const start = async () => {
    setStarting(true);
    setFailure(null);
    const token = before.propose();
    const ending = await joinApi.join(token === undefined ? arrival : { ...arrival, token });
    setStarting(false);
    if (ending.kind === "ok") {
      before.remember(ending.reply.token);
      onJoined(ending.reply.token);
    } else if (ending.kind === "refused" && ending.status === 409) await onRefused();
    else setFailure(ending.kind === "refused" ? words.failed(ending.message) : words.offlineNow);
  };
  const wasHere = before.token !== null;
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
      {(!wasHere || sheet.several) && (
        <button
          type="button"
          class={wasHere ? "plain" : "primary"}
          disabled={starting}
          onClick={() => void start()}
        >
          {starting ? text.starting : wasHere ? text.startAnew : text.start}
        </button>
      )}
      {sheet.platform !== undefined && (
        <Decline arrival={arrival} platform={sheet.platform} onDeclined={onDeclined} />
      )}
      <p class="trouble" role="alert">
        {failure}
      </p>
    </div>
  );
}
