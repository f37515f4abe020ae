import "./leaving.css";
import { useEffect, useRef, useState } from "preact/hooks";
import type { LeavingSheet } from "../../../../server/contract/leaving.ts";
import { leavingApi } from "../../../api/leaving.ts";
import type { Ending } from "../../../api/request.ts";
import { words } from "../../../words/leaving.ts";
import { placeOf } from "../link.ts";
import { PrivacyLink } from "../privacy-link.tsx";
import { Confirm } from "./confirm.tsx";
import { Erased, forgetHere } from "./erased.tsx";
import type { LeavingKind, LeavingProps } from "./leaving-props.ts";
import { Stopped } from "./stopped.tsx";

/** Everything that an annotator may do to leave, and what becomes of their data; over the page, which waits meanwhile. */
export function LeavingDialog({ judging, onClose }: LeavingProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [sheet, setSheet] = useState<Ending<LeavingSheet> | null>(null);
  const [asked, setAsked] = useState<LeavingKind | null>(null);
  const [isAsked, setIsAsked] = useState(false);
  const token = tokenHere();
  const fetchSheet = async () => setSheet(await leavingApi(token).sheet());
  useEffect(() => {
    dialog.current?.showModal();
    void fetchSheet();
  }, []);
  const leave = async (kind: LeavingKind): Promise<Ending<unknown>> => {
    if (kind === "stop") return stop();
    const ending = await (kind === "withdraw" ? leavingApi(token).withdraw() : leavingApi(token).erase());
    if (ending.kind !== "ok") return ending;
    if (kind === "erase") {
      judging.leave(<Erased finish={ending.reply.finish} />); // from here on the page keeps nothing any more
      await forgetHere(token);
    } else if (ending.reply.isDone) {
      await judging.refresh();
      onClose();
    } else {
      setAsked(null);
      setIsAsked(true);
    }
    return ending;
  };
  const stop = async (): Promise<Ending<unknown>> => {
    const { outbox, sheet: shown } = judging.held.peek();
    const mayContinue = shown?.platform === undefined;
    if (mayContinue && outbox.length > 0) return { kind: "unreachable" }; // answers are on their way: they come first
    if (!(await judging.stop())) return { kind: "unreachable" };
    if (mayContinue) judging.leave(<Stopped />);
    onClose();
    return { kind: "ok", reply: null };
  };
  const known = sheet?.kind === "ok" ? sheet.reply : null;
  return (
    <dialog
      ref={dialog}
      class="leaving"
      aria-labelledby="leaving-title"
      onKeyDown={(event) => event.stopPropagation()}
      onClose={onClose}
    >
      {asked !== null && known !== null ? (
        <Confirm kind={asked} sheet={known} leave={() => leave(asked)} onBack={() => setAsked(null)} />
      ) : (
        <Start
          sheet={sheet}
          isAsked={isAsked}
          onAsk={(kind) => known && ask(kind, known)}
          onClose={() => dialog.current?.close()}
        />
      )}
    </dialog>
  );

  /** To stop for a while needs no question: it can be undone. */
  function ask(kind: LeavingKind, { platform }: LeavingSheet): void {
    if (kind === "stop" && platform === null) void leave(kind).then(whenFailed);
    else setAsked(kind);
  }

  function whenFailed(ending: Ending<unknown>): void {
    if (ending.kind !== "ok") setSheet({ kind: "unreachable" });
  }
}

interface StartProps {
  sheet: Ending<LeavingSheet> | null;
  isAsked: boolean;
  onAsk: (kind: LeavingKind) => void;
  onClose: () => void;
}

/** What can be done, and what becomes of one's data. */
function Start({ sheet, isAsked, onAsk, onClose }: StartProps) {
  const known = sheet?.kind === "ok" ? sheet.reply : null;
  return (
    <>
      <h2 id="leaving-title">{words.title}</h2>
      <p>{words.intro}</p>
      {known !== null && <Ways sheet={known} isAsked={isAsked} onAsk={onAsk} />}
      {known !== null && <Data sheet={known} />}
      <p class="trouble" role="alert">
        {sheet !== null && known === null && (sheet.kind === "refused" ? words.gone : words.offline)}
      </p>
      <div class="actions">
        <button type="button" onClick={onClose}>
          {words.close}
        </button>
      </div>
    </>
  );
}

const tokenHere = (): string => {
  const place = placeOf(location);
  return place.kind === "judge" ? place.token : "";
};

interface WaysProps {
  sheet: LeavingSheet;
  /** A request was made a moment ago. */
  isAsked: boolean;
  onAsk: (kind: LeavingKind) => void;
}

function Ways({ sheet, isAsked, onAsk }: WaysProps) {
  const { platform, departure, isDone } = sheet;
  const waits = isAsked || (departure === "withdrawn" && !isDone);
  return (
    <ul class="ways">
      {departure === null &&
        (platform === null ? (
          <Way {...words.stop} onAsk={() => onAsk("stop")} />
        ) : (
          <Way
            button={words.stopForGood.button(platform)}
            text={words.stopForGood.text}
            onAsk={() => onAsk("stop")}
          />
        ))}
      {departure === null && !waits && <Way {...words.withdraw} onAsk={() => onAsk("withdraw")} />}
      {waits && (
        <li>
          <p role="status">{words.withdraw.asked}</p>
        </li>
      )}
      <Way {...words.erase} onAsk={() => onAsk("erase")} />
    </ul>
  );
}

const Way = ({ button, text, onAsk }: { button: string; text: string; onAsk: () => void }) => (
  <li>
    <button type="button" onClick={onAsk}>
      {button}
    </button>
    <p>{text}</p>
  </li>
);

/** What is kept, how long, and whom to ask. */
const Data = ({ sheet: { retention, contact } }: { sheet: LeavingSheet }) => (
  <section aria-labelledby="leaving-data">
    <h3 id="leaving-data">{words.keptTitle}</h3>
    {retention !== null && <p>{words.retention(retention.days)}</p>}
    <PrivacyLink />
    {contact !== null && <p>{words.contact(contact)}</p>}
  </section>
);
