import type { Next, Sender } from "./sender.ts";

export interface Timers {
  /** Calls back once after so many milliseconds; returns how to prevent it. */
  later(afterMs: number, run: () => void): () => void;
}

/** Keeps a sender going: steps when something is due, and at once when woken. */
export class Runner {
  readonly #sender: Sender;
  readonly #timers: Timers;
  #cancel: (() => void) | null = null;
  #stepping = false;
  #woken: Wake | null = null;
  #rests = false;

  constructor(sender: Sender, timers: Timers) {
    this.#sender = sender;
    this.#timers = timers;
  }

  /** Something is due now: a judgment was made, or (`ask`) it is time to ask for work. */
  wake(wake: Wake): void {
    this.#woken = {
      ask: wake.ask || (this.#woken?.ask ?? false),
      mayReplaceShown: wake.mayReplaceShown || (this.#woken?.mayReplaceShown ?? false),
    };
    this.#cancel?.();
    this.#cancel = null;
    if (this.#rests) return;
    if (!this.#stepping) void this.#run();
  }

  /** Makes no further call, whatever wakes it. */
  rest(): void {
    this.#rests = true;
    this.#cancel?.();
  }

  async #run(): Promise<void> {
    this.#stepping = true;
    let next: Next | null = { afterMs: 0, ask: false };
    let mayReplaceShown = false;
    try {
      while (!this.#rests && (next?.afterMs === 0 || this.#woken)) {
        mayReplaceShown ||= this.#woken?.mayReplaceShown ?? false;
        const ask: boolean = (next?.ask ?? false) || (this.#woken?.ask ?? false);
        this.#woken = null;
        next = await this.#sender.step({ ask, mayReplaceShown });
      }
    } finally {
      // whatever went wrong, the next wake must find a sender that goes
      this.#stepping = false;
    }
    if (next && !this.#rests) this.#plan(next);
  }

  #plan({ afterMs, ask }: Next): void {
    this.#cancel = this.#timers.later(afterMs, () => this.wake({ ask, mayReplaceShown: false }));
  }
}

interface Wake {
  readonly ask: boolean;
  /** Whether the pair on the screen may give way where it is not this annotator's any more. */
  readonly mayReplaceShown: boolean;
}
