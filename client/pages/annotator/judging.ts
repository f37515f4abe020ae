import type { ComponentChildren } from "preact";
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Sheet, Shown } from "../../../server/contract/judging.ts";
import type { Finish } from "../../../server/contract/platforms.ts";
import type { Signs } from "../../../server/contract/quality.ts";
import type { Remarks } from "../../../server/contract/remarks.ts";
import type { Choice, SkipReason } from "../../../server/contract/words.ts";
import type { JudgingApi } from "../../api/judging.ts";
import {
  type Answer,
  addEarlier,
  choose,
  dismissRefusals,
  type Draft,
  goBack,
  goForward,
  type HeldWork,
  judgedElsewhere,
  keepDraft,
  keepStanding,
  NOTHING_HELD,
  shownView,
  useInstead,
} from "../../outbox/held-work.ts";
import type { Keeper } from "../../outbox/keeper.ts";
import { addEntries, receiveSheet } from "../../outbox/receive.ts";
import { Runner, type Timers } from "../../outbox/runner.ts";
import { Sender, type Way, wayWithout } from "../../outbox/sender.ts";

interface JudgingPorts {
  readonly api: JudgingApi;
  readonly keeper: Keeper;
  readonly timers: Timers;
  /** A new request key: 16 to 64 letters and digits that no other request has. */
  newKey(): string;
  /** How the pair on the screen is shown. */
  shown(): Shown;
  /** Tells other tabs of this browser that a pair was judged here. */
  tellTabs(assignment: string): void;
}

/** One annotator at work: what is on the screen, what is on its way, and what can be done about it. */
export class Judging {
  readonly #ports: JudgingPorts;
  readonly #runner: Runner;
  readonly #held = signal<HeldWork>(NOTHING_HELD);
  readonly #way = signal<Way>("open");
  readonly #keeps = signal(true);
  readonly #goingBack = signal<GoingBack>("no");
  readonly #finish = signal<Finish | null>(null);
  /** Reads what is noted of the pair on the screen, of somebody who agreed to it. */
  signs?: () => Signs;
  readonly #left = signal<ComponentChildren | null>(null);
  #language: string;
  #fetchingSheet = false;
  /** What the storage holds as far as is known. */
  #saved: HeldWork = NOTHING_HELD;

  readonly held: ReadonlySignal<HeldWork> = computed(() => this.#held.value);
  readonly way: ReadonlySignal<Way> = computed(() => this.#way.value);
  /** Whether this browser keeps what is held when the page is closed. */
  readonly keeps: ReadonlySignal<boolean> = computed(() => this.#keeps.value);
  readonly goingBack: ReadonlySignal<GoingBack> = computed(() => this.#goingBack.value);
  /** How this part has ended and the way back to a platform, from the server; null: not known, or it has not ended. */
  readonly finish: ReadonlySignal<Finish | null> = computed(() => this.#finish.value);
  /** What stands in the place of the page once somebody has left; null: they have not. */
  readonly left: ReadonlySignal<ComponentChildren | null> = computed(() => this.#left.value);

  constructor(ports: JudgingPorts, language: string) {
    this.#ports = ports;
    this.#language = language;
    const sender = new Sender({
      read: () => this.#held.peek(),
      change: (step) => this.#change(step),
      tell: (way) => this.#hearOfWay(way),
      sendJudgment: (request) => ports.api.judgment(request),
      sendSkip: (request) => ports.api.skip(request),
      askForWork: (request) => ports.api.work(request),
    });
    this.#runner = new Runner(sender, ports.timers);
  }

  /** Shows what this browser kept, then asks the server. */
  async start(): Promise<void> {
    try {
      this.#saved = await this.#ports.keeper.load();
      this.#held.value = this.#saved;
    } catch {
      this.#keeps.value = false;
    }
    this.#runner.wake({ ask: true, mayReplaceShown: true });
    await this.#fetchSheet();
  }

  /** Somebody is back at the page, or the network is: looks for entries of closed tabs and asks for work. */
  async wake({ mayReplaceShown }: { mayReplaceShown: boolean }): Promise<void> {
    if (this.#left.peek() !== null) return;
    try {
      const kept = await this.#ports.keeper.entries();
      this.#change((held) => addEntries(held, kept));
    } catch {
      this.#keeps.value = false;
    }
    this.#runner.wake({ ask: true, mayReplaceShown });
    const sheet = this.#held.peek().sheet;
    if (sheet === null || sheet.language !== this.#language) await this.#fetchSheet();
  }

  /** Records a choice on the pair on the screen. The next pair is there when this returns. */
  choose(choice: Choice, activeMs: number, remarks: Remarks = {}): void {
    this.#answer({ choice, ...remarks }, activeMs);
  }

  /** Records that the pair on the screen cannot be judged. The next pair is there when this returns. */
  skip(reason: SkipReason, activeMs: number, remarks: Remarks = {}): void {
    this.#answer({ reason, ...remarks }, activeMs);
  }

  #answer(answer: Answer, activeMs: number): void {
    const before = this.#held.peek();
    const view = shownView(before);
    const shown = this.#ports.shown();
    this.#change((held) =>
      choose(held, {
        ...{ ...answer, activeMs, shown, requestKey: this.#ports.newKey() },
        ...(this.signs && { signs: this.signs() }),
      }),
    );
    this.#goingBack.value = "no";
    const after = this.#held.peek();
    if (!view || after.outbox.length === before.outbox.length) return;
    this.#ports.tellTabs(view.assignment);
    this.#runner.wake({ ask: false, mayReplaceShown: false });
  }

  /** Looks at the pair before; fetches it where this browser does not have it. */
  async goBack(): Promise<void> {
    const { back, earlier } = this.#held.peek();
    if (back < earlier.length) return this.#change(goBack);
    if (this.#goingBack.peek() === "fetching") return;
    this.#goingBack.value = "fetching";
    const ending = await this.#ports.api.earlier(earlier[0]?.view.assignment ?? null);
    const found = ending.kind === "ok" ? ending.reply.earlier : null;
    if (this.#held.peek().back !== back) this.#goingBack.value = "no";
    else if (ending.kind === "refused" && ending.error === "JudgmentFinal") this.#goingBack.value = "over";
    else if (ending.kind !== "ok") this.#goingBack.value = "needs network";
    else if (!found) this.#goingBack.value = "nothing earlier";
    else {
      this.#goingBack.value = "no";
      this.#change((held) => addEarlier(held, found));
    }
  }

  goForward(): void {
    this.#goingBack.value = "no";
    this.#change(goForward);
  }

  /** Shows the wording in another language from now on. */
  async useLanguage(language: string): Promise<void> {
    this.#language = language;
    await this.#fetchSheet();
  }

  /** Nothing is asked at the end any more. */
  dropGuess(): void {
    this.#change(({ sheet, ...held }) =>
      keepDraft({ ...held, sheet: sheet && { ...sheet, guess: undefined } }, "guess", undefined),
    );
  }

  /** Asks how this part has ended; where it has not, pairs may have become free, and it goes on. @returns whether it has */
  async askFinish(): Promise<boolean> {
    const ending = await this.#ports.api.finish();
    if (ending.kind !== "ok") return false;
    this.#finish.value = ending.reply.finish;
    if (ending.reply.finish !== null) return true;
    this.#runner.wake({ ask: true, mayReplaceShown: false });
    return false;
  }

  /** Gives back what is held: for good where somebody came from a platform. @returns whether the server did */
  async stop(): Promise<boolean> {
    const ending = await this.#ports.api.stop();
    if (ending.kind !== "ok") return false;
    this.#finish.value = ending.reply.finish;
    if (this.#held.peek().sheet?.platform !== undefined) await this.wake({ mayReplaceShown: true });
    return true;
  }

  /** Whether the server took something else that this annotator sends. */
  post(path: string, body?: object): Promise<boolean> {
    return this.#ports.api.post(path, body);
  }

  /** Asks for everything anew, after what this annotator may do has changed. */
  async refresh(): Promise<void> {
    await this.#fetchSheet();
    await this.wake({ mayReplaceShown: true });
  }

  /** Shows this in the place of the page, and neither asks for anything nor keeps anything from now on. */
  leave(shown: ComponentChildren): void {
    this.#left.value = shown;
    this.#runner.rest();
  }

  /** Keeps what this annotator has begun to write, also when the page is closed, until it is sent. */
  keepDraft(key: string, step: (draft: Draft | undefined) => Draft | undefined): void {
    this.#change((held) => keepDraft(held, key, step(held.drafts[key])));
  }

  dismissRefusals(): void {
    this.#change(dismissRefusals);
  }

  /** Leaves the answer that was given elsewhere as it is. */
  keepStanding(requestKey: string): void {
    this.#change((held) => keepStanding(held, requestKey));
  }

  /** Changes the answer that was given elsewhere to the one that was given here. */
  useInstead(requestKey: string): void {
    this.#change((held) => useInstead(held, requestKey, this.#ports.newKey()));
    this.#runner.wake({ ask: false, mayReplaceShown: false });
  }

  /** Another tab of this browser judged a pair. */
  hearTab(assignment: string): void {
    this.#change((held) => judgedElsewhere(held, assignment));
    if (this.#held.peek().buffer.length === 0) this.#runner.wake({ ask: true, mayReplaceShown: false });
  }

  #hearOfWay(way: Way): void {
    this.#way.value = way;
    if (way === "open" && this.#held.peek().sheet === null) void this.#fetchSheet();
  }

  async #fetchSheet(): Promise<void> {
    if (this.#fetchingSheet) return;
    this.#fetchingSheet = true;
    const ending = await this.#ports.api.sheet(this.#language);
    this.#fetchingSheet = false;
    if (ending.kind === "refused" && ending.status === 401) this.#way.value = wayWithout(ending.error);
    if (ending.kind !== "ok") return;
    const sheet: Sheet = ending.reply;
    this.#language = sheet.language;
    this.#change((held) => receiveSheet(held, sheet));
  }

  /** Begins to write before anything is shown anew, so that nothing is lost when the page closes right after. */
  #change(step: (held: HeldWork) => HeldWork): void {
    const next = step(this.#held.peek());
    if (next === this.#held.peek() || this.#left.peek() !== null) return;
    const previous = this.#saved;
    this.#saved = next;
    this.#ports.keeper.save(previous, next).then(
      () => (this.#keeps.value = true),
      () => {
        // all of it is written again with the next change
        this.#saved = NOTHING_HELD;
        this.#keeps.value = false;
      },
    );
    this.#held.value = next;
    const { sheet, revision = 1 } = next;
    if (sheet && revision > (sheet.revision ?? 1)) void this.#fetchSheet(); // it was amended
  }
}

export type GoingBack = "no" | "fetching" | "nothing earlier" | "needs network" | "over";
