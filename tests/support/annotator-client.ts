import type { JudgmentReply, JudgmentRequest, Work } from "../../server/contract/judging.ts";
import { judgmentOf } from "./study.ts";

/** One judgment that a client sent, and whether the server said it was accepted. */
export interface Sent {
  readonly request: JudgmentRequest;
  acknowledged: boolean;
}

const CHOICES = ["left", "tie", "right"] as const;

/** An annotator as the page behaves: keeps what is not acknowledged and sends it again, with the same key. */
export class AnnotatorClient {
  readonly sent: Sent[] = [];
  #buffer: string[] = [];
  state: Work["state"] = "work";

  constructor(
    readonly origin: string,
    readonly token: string,
    readonly choices: readonly (typeof CHOICES)[number][] = CHOICES,
  ) {}

  /** Judges until the predicate says stop or there is no more; goes on through a server that is away. */
  async judgeUntil(stop: () => boolean): Promise<void> {
    while (!stop()) {
      const waiting = this.sent.find((one) => !one.acknowledged);
      if (waiting) await this.#send(waiting);
      else if (this.#buffer.length === 0) {
        await this.#ask();
        if (this.state !== "work" && this.#buffer.length === 0) return;
      } else this.#judge(this.#buffer[0]!);
    }
  }

  #judge(assignment: string): void {
    const choice = this.choices[this.sent.length % this.choices.length]!;
    this.sent.push({ request: judgmentOf(assignment, choice, this.#buffer.slice(1)), acknowledged: false });
  }

  async #send(sent: Sent): Promise<void> {
    const reply = await this.#post<JudgmentReply>("judgments", sent.request);
    if (!reply) return;
    sent.acknowledged = true;
    this.#take(reply.work);
  }

  async #ask(): Promise<void> {
    const work = await this.#post<Work>("work", { holding: [] });
    if (work) this.#take(work);
  }

  #take(work: Work): void {
    this.state = work.state;
    this.#buffer = work.buffer;
  }

  /** Null where the server is away or asks to try again. */
  async #post<T>(what: string, body: object): Promise<T | null> {
    try {
      const reply = await fetch(`${this.origin}/api/judge/${what}`, {
        method: "POST",
        headers: { authorization: `Bearer ${this.token}`, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      if (reply.status >= 500) return await pause();
      if (!reply.ok) throw new Refused(`${what}: ${reply.status} ${await reply.text()}`);
      return (await reply.json()) as T;
    } catch (error) {
      if (error instanceof Refused) throw error;
      return pause();
    }
  }
}

class Refused extends Error {}

const pause = async (): Promise<null> => {
  await new Promise((resolve) => setTimeout(resolve, 20));
  return null;
};
