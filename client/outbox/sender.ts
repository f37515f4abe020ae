import type {
  JudgmentReply,
  JudgmentRequest,
  SkipReply,
  SkipRequest,
  Work,
  WorkRequest,
} from "../../server/contract/judging.ts";
import type { Ending } from "../api/request.ts";
import type { Entry, HeldWork } from "./held-work.ts";
import { acceptEntry, receiveWork, refuseEntry } from "./receive.ts";

/** What is known of the way to the server. `gone` and `revoked`: the link is not valid, or was taken back. */
export type Way = "open" | "offline" | "away" | "gone" | "revoked";

/** Whether nothing can be sent any more. */
export const isOver = (way: Way): way is "gone" | "revoked" => way === "gone" || way === "revoked";

/** What it means for the way that the server does not know whom a link belongs to. */
export const wayWithout = (error: string): "gone" | "revoked" =>
  error === "LinkRevoked" ? "revoked" : "gone";

interface SenderPorts {
  read(): HeldWork;
  change(step: (held: HeldWork) => HeldWork): void;
  tell(way: Way): void;
  sendJudgment(request: JudgmentRequest): Promise<Ending<JudgmentReply>>;
  sendSkip(request: SkipRequest): Promise<Ending<SkipReply>>;
  askForWork(request: WorkRequest): Promise<Ending<Work>>;
}

/** When to step again, and whether to ask for work then. */
export interface Next {
  readonly afterMs: number;
  readonly ask: boolean;
}

const HOLDING_MAX = 64;
/** Far below the lease, so that what is held stays held while the page is open. */
const RENEW_MS = 10 * 60_000;
const EMPTY_HANDED_MS = 5_000;
const RETRY_FIRST_MS = 1_000;
/** A network that is back is to be noticed soon; a server in trouble is to be left in peace. */
const RETRY_MAX_MS = { offline: 8_000, away: 30_000 };

/** No retry can change these; any other refusal may come from a proxy, or pass. */
const FINAL = new Set([400, 404, 409]);
const NOT_OURS = new Set(["", "NotFound"]);

/**
 * Sends what is in the outbox, one call at a time and oldest first, and asks for work. One call at a time
 * means that no reply is older than an answer that was accepted, so the server's word is always the latest.
 */
export class Sender {
  readonly #ports: SenderPorts;
  readonly #failures = new Map<string, number>();
  #failuresInRow = 0;

  constructor(ports: SenderPorts) {
    this.#ports = ports;
  }

  /** Makes one call, if one is due. Returns null where nothing can be sent any more. */
  async step({
    ask,
    mayReplaceShown = false,
  }: {
    ask: boolean;
    mayReplaceShown?: boolean;
  }): Promise<Next | null> {
    const entry = this.#nextEntry();
    if (entry) return this.#send(entry, ask);
    if (!ask) return this.#whenIdle();
    const ending = await this.#ports.askForWork({ holding: this.#holding() });
    if (ending.kind !== "ok") return this.#failed(ending, true);
    this.#succeeded();
    this.#ports.change((held) => receiveWork(held, ending.reply, { mayReplaceShown }));
    return this.#whenIdle();
  }

  async #send(entry: Entry, ask: boolean): Promise<Next | null> {
    const { requestKey } = entry;
    const ending = await this.#call(entry);
    if (ending.kind === "ok" && ending.reply.accepted) {
      this.#succeeded();
      this.#failures.delete(requestKey);
      this.#ports.change((held) => acceptEntry(held, requestKey, ending.reply));
    } else if (isFinal(ending)) {
      this.#succeeded();
      this.#ports.change((held) => refuseEntry(held, requestKey, ending.message));
      return { afterMs: 0, ask: true };
    } else {
      this.#failures.set(requestKey, (this.#failures.get(requestKey) ?? 0) + 1);
      return this.#failed(ending, ask);
    }
    return this.#nextEntry() || ask ? { afterMs: 0, ask } : this.#whenIdle();
  }

  async #call(entry: Entry): Promise<Ending<JudgmentReply>> {
    const { requestKey, assignment, activeMs, language, signs, shown, comment, flags, first, revision } =
      entry;
    const facts = { requestKey, assignment, activeMs, comment, flags, holding: this.#holding() };
    const common = { ...facts, ...(first && { first }) };
    if (entry.choice !== undefined)
      return this.#ports.sendJudgment({
        ...{ ...common, language, choice: entry.choice },
        ...(signs && { signs }),
        ...(shown && { shown }),
        ...(revision && { revision }),
      });
    const ending = await this.#ports.sendSkip({ ...common, reason: entry.reason });
    return ending.kind === "ok" ? { ...ending, reply: { ...ending.reply, surplus: false } } : ending;
  }

  /** The oldest of those that failed least often: one that the server stumbles over holds up no other pair's. */
  #nextEntry(): Entry | undefined {
    const pairs = new Set<string>();
    const first = this.#ports.read().outbox.filter(({ assignment }) => {
      const isFirst = !pairs.has(assignment);
      pairs.add(assignment);
      return isFirst;
    });
    const failures = (entry: Entry) => this.#failures.get(entry.requestKey) ?? 0;
    return first.sort((a, b) => failures(a) - failures(b) || a.order - b.order)[0];
  }

  /** Whose texts need not be sent again: what is here, and what was answered here. */
  #holding(): string[] {
    const { buffer, outbox } = this.#ports.read();
    const tokens = [...buffer, ...outbox].map((one) => one.assignment);
    return [...new Set(tokens)].slice(0, HOLDING_MAX);
  }

  #whenIdle(): Next {
    const { outbox, buffer, state, askAgainSeconds } = this.#ports.read();
    if (outbox.length > 0) return { afterMs: 0, ask: false };
    if (askAgainSeconds !== null) return { afterMs: askAgainSeconds * 1000, ask: true };
    if (buffer.length > 0) return { afterMs: RENEW_MS, ask: true };
    return { afterMs: state === "work" ? EMPTY_HANDED_MS : RENEW_MS, ask: true };
  }

  #succeeded(): void {
    this.#failuresInRow = 0;
    this.#ports.tell("open");
  }

  #failed(ending: Ending<unknown>, ask: boolean): Next | null {
    if (ending.kind === "refused" && ending.status === 401) {
      this.#ports.tell(wayWithout(ending.error));
      return null;
    }
    const way = ending.kind === "unreachable" ? "offline" : "away";
    this.#ports.tell(way);
    const afterMs = Math.min(RETRY_MAX_MS[way], RETRY_FIRST_MS * 2 ** this.#failuresInRow);
    this.#failuresInRow = Math.min(this.#failuresInRow + 1, 10);
    return { afterMs, ask };
  }
}

type Refused = Extract<Ending<unknown>, { kind: "refused" }>;

const isFinal = (ending: Ending<unknown>): ending is Refused =>
  ending.kind === "refused" && FINAL.has(ending.status) && !NOT_OURS.has(ending.error);
