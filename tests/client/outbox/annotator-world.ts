import type {
  AssignmentView,
  EarlierReply,
  JudgmentReply,
  JudgmentRequest,
  Sheet,
  SkipReply,
  SkipRequest,
  Work,
} from "../../../server/contract/judging.ts";
import type { Choice } from "../../../server/contract/words.ts";
import type { JudgingApi } from "../../../client/api/judging.ts";
import type { Ending } from "../../../client/api/request.ts";
import { changesBetween, entriesIn, restore } from "../../../client/outbox/kept-records.ts";
import { type Answer, answerIn } from "../../../client/outbox/held-work.ts";
import type { Keeper } from "../../../client/outbox/keeper.ts";
import { Judging } from "../../../client/pages/annotator/judging.ts";

export const SHEET: Sheet = {
  title: "Which answer is better?",
  language: "en",
  languages: ["en"],
  question: "Which answer would help you more?",
  options: { left: "A", tie: "Neither", right: "B" },
  guidelines: null,
};

export const viewNumber = (index: number): AssignmentView => {
  const assignment = `pair${String(index).padStart(18, "0")}`;
  return { assignment, prompt: [`<p>${index}</p>`], left: ["<p>l</p>"], right: ["<p>r</p>"] };
};

type Recorded = Answer & {
  readonly requestKey: string;
  readonly assignment: string;
};

/** One annotator's side of a server that keeps the contract. */
export class SmallServer {
  readonly views: AssignmentView[];
  readonly judgments: Recorded[] = [];
  readonly #taken = new Set<string>();
  readonly #unknown = new Set<string>();
  /** Pairs to which another answer had been given before. */
  readonly stood = new Set<string>();
  /** Of the protocol in force; undefined: the first. */
  revision: number | undefined;
  /** Revisions that judgments were sent with. */
  readonly revisionsShown: (number | undefined)[] = [];
  #refuseNext = false;

  constructor(pairs: number) {
    this.views = Array.from({ length: pairs }, (_, index) => viewNumber(index));
  }

  get sheet(): Sheet {
    const { revision } = this;
    return revision ? { ...SHEET, question: `Question ${revision}`, revision } : SHEET;
  }

  get live(): AssignmentView[] {
    const judged = new Set(this.judgments.map((one) => one.assignment));
    return this.views
      .filter(
        ({ assignment: token }) => !judged.has(token) && !this.#taken.has(token) && !this.#unknown.has(token),
      )
      .slice(0, 4);
  }

  work(holding: readonly string[]): Work {
    const { live } = this;
    const last = new Map(this.judgments.map((one) => [one.assignment, one]));
    const judged = [...last.values()].filter((one) => one.choice !== undefined).length;
    return {
      state: live.length > 0 ? "work" : "done",
      buffer: live.map((view) => view.assignment),
      assignments: live.filter((view) => !holding.includes(view.assignment)),
      progress: { judged, of: this.views.length - (last.size - judged) },
      askAgainSeconds: null,
      answered: holding.filter((token) => last.has(token)),
      ...(this.revision && { revision: this.revision }),
    };
  }

  record(request: JudgmentRequest | SkipRequest): Ending<JudgmentReply> {
    if (this.#refuseNext || this.#unknown.has(request.assignment)) {
      this.#refuseNext = false;
      return { kind: "refused", status: 409, error: "JudgmentConflict", message: "The first answer counts." };
    }
    const { requestKey, assignment } = request;
    const isSent = this.judgments.some((one) => one.requestKey === requestKey);
    const before = this.judgments.filter((one) => one.assignment === assignment).at(-1);
    if (request.first && !isSent && before) {
      this.stood.add(assignment);
      const { choice, reason } = before;
      const standing = choice === undefined ? { reason } : { choice };
      return {
        kind: "ok",
        reply: { accepted: true, surplus: false, standing, work: this.work(request.holding) },
      };
    }
    if ("choice" in request) this.revisionsShown.push(request.revision);
    if (!isSent) {
      this.judgments.push({ requestKey, assignment, ...answerIn(request) });
    }
    const surplus = this.#taken.has(assignment);
    return { kind: "ok", reply: { accepted: true, surplus, work: this.work(request.holding) } };
  }

  skip(request: SkipRequest): Ending<SkipReply> {
    const ending = this.record(request);
    if (ending.kind !== "ok") return ending;
    const { standing, work } = ending.reply;
    return { kind: "ok", reply: { accepted: true, ...(standing && { standing }), work } };
  }

  earlier(before: string | null): EarlierReply {
    const tokens = [...new Set(this.judgments.map((one) => one.assignment))].sort();
    const token = tokens.filter((one) => before === null || one < before).at(-1);
    const view = this.views.find((one) => one.assignment === token);
    const last = this.judgments.filter((one) => one.assignment === token).at(-1);
    return { earlier: view && last ? { view, ...answerIn(last) } : null };
  }

  /** The same annotator judges what comes next on another device. */
  judgeElsewhere(choice: Choice): void {
    const [next] = this.live;
    if (next)
      this.judgments.push({
        requestKey: `other-device-${this.judgments.length}`,
        assignment: next.assignment,
        choice,
      });
  }

  /** The first pair held goes to somebody else, as when a lease ran out. */
  takeOver(): void {
    const [next] = this.live;
    if (next) this.#taken.add(next.assignment);
  }

  /** Answers to the first pair held are refused for good from now on. */
  forget(): void {
    const [next] = this.live;
    if (next) this.#unknown.add(next.assignment);
  }

  refuseNext(): void {
    this.#refuseNext = true;
  }
}

export type Network = "up" | "down" | "reply lost" | "busy" | "strange proxy";

/** A browser with its storage, a network that fails in every way, and a server. */
export class AnnotatorWorld {
  readonly server: SmallServer;
  readonly records = new Map<string, unknown>();
  network: Network = "up";
  judging: Judging;
  #page = 0;
  #keys = 0;
  #timers: (() => void)[] = [];

  constructor(pairs: number) {
    this.server = new SmallServer(pairs);
    this.judging = this.#openPage();
  }

  async start(): Promise<void> {
    await this.judging.start();
    await this.settle();
  }

  /** The page is closed in the middle of whatever it does, and opened again on the same storage. */
  async reload(): Promise<void> {
    this.judging = this.#openPage();
    await this.judging.start();
    await this.settle();
  }

  /** Lets everything run that runs without time passing. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 200; turn++) await Promise.resolve();
  }

  /** Time passes: every timer that is set goes off once. */
  async pass(): Promise<void> {
    const due = this.#timers.splice(0);
    for (const run of due) run();
    await this.settle();
  }

  #openPage(): Judging {
    this.#page += 1;
    this.#timers = [];
    const page = this.#page;
    const shown = () => ({ layout: "columns" as const, device: "desktop" as const });
    const newKey = () => `request-key-${String((this.#keys += 1)).padStart(8, "0")}`;
    const timers = {
      later: (_afterMs: number, run: () => void) => {
        if (page === this.#page) this.#timers.push(run);
        return () => (this.#timers = this.#timers.filter((one) => one !== run));
      },
    };
    return new Judging(
      { api: this.#api(page), keeper: this.#keeper(page), timers, newKey, shown, tellTabs: () => undefined },
      "en",
    );
  }

  #api(page: number): JudgingApi {
    const call = <Reply>(handle: () => Ending<Reply>): Promise<Ending<Reply>> => {
      const { network } = this;
      const reached = network === "up" || network === "reply lost";
      const ending = reached ? handle() : NO_ANSWER[network];
      // a page that was closed hears nothing any more
      if (page !== this.#page) return new Promise(() => undefined);
      return Promise.resolve(network === "reply lost" ? NO_ANSWER.down : ending);
    };
    return {
      sheet: () => call(() => ({ kind: "ok", reply: this.server.sheet })),
      work: ({ holding }) => call(() => ({ kind: "ok", reply: this.server.work(holding) })),
      judgment: (request) => call(() => this.server.record(request)),
      skip: (request) => call(() => this.server.skip(request)),
      earlier: (before) => call(() => ({ kind: "ok", reply: this.server.earlier(before) })),
      finish: () => call(() => ({ kind: "ok", reply: { finish: null } })),
      stop: () => call(() => ({ kind: "ok", reply: { finish: null } })),
      post: async () => (await call(() => ({ kind: "ok", reply: null }))).kind === "ok",
    };
  }

  #keeper(page: number): Keeper {
    return {
      // as in a real storage, the order of records says nothing
      load: async () => restore([...this.records].reverse()),
      entries: async () => entriesIn([...this.records].reverse()),
      save: async (previous, next) => {
        if (page !== this.#page) return;
        const { put, remove } = changesBetween(previous, next);
        for (const [key, value] of put) this.records.set(key, structuredClone(value));
        for (const key of remove) this.records.delete(key);
      },
    };
  }
}

const NO_ANSWER = {
  down: { kind: "unreachable" },
  busy: { kind: "refused", status: 503, error: "Busy", message: "" },
  "strange proxy": { kind: "refused", status: 404, error: "", message: "" },
} as const;
