import type { Context } from "../context.ts";
import type { AuditState } from "../contract/blinding.ts";
import { TiebreakError } from "../contract/errors.ts";
import { requireStudy } from "../studies/store.ts";
import { latestAudit } from "./latest.ts";
import { runAudit } from "./run.ts";

class Stopped extends Error {}

/** The audits that a server runs in the background, one per study at a time. They are known by the study's id: a study can be renamed. */
export class AuditRuns {
  readonly #context: Context;
  readonly #onError: (error: unknown) => void;
  readonly #running = new Map<number, { done: number; of: number; ended: Promise<void> }>();
  /** Why the latest audit of a study came to nothing. */
  readonly #failed = new Map<number, string>();
  #isClosing = false;

  /** @param onError gets why an audit came to nothing */
  constructor(context: Context, onError: (error: unknown) => void) {
    this.#context = context;
    this.#onError = onError;
  }

  /** Where the audit of a study stands. @throws StudyNotFound */
  async state(study: string): Promise<AuditState> {
    const { id, audit } = await this.#context.database.read(async (reader) => {
      const { id } = await requireStudy(reader, study);
      return { id, audit: (await latestAudit(reader, id))?.audit ?? null };
    });
    const running = this.#running.get(id);
    return {
      audit,
      running: running ? { done: running.done, of: running.of } : null,
      failed: this.#failed.get(id) ?? null,
    };
  }

  /** Begins an audit, unless one is on its way. @throws StudyNotFound */
  async start(study: string): Promise<AuditState> {
    const { id } = await this.#context.database.read((reader) => requireStudy(reader, study));
    if (!this.#running.has(id)) {
      this.#failed.delete(id);
      const run = { done: 0, of: 0, ended: Promise.resolve() };
      this.#running.set(id, run);
      const onAudited = (done: number, of: number) => {
        if (this.#isClosing) throw new Stopped();
        Object.assign(run, { done, of });
      };
      run.ended = runAudit(this.#context, study, onAudited)
        .catch((error: unknown) => {
          const isTold = error instanceof TiebreakError && error.status < 500;
          this.#failed.set(id, isTold ? error.message : "The audit came to nothing. Start it again.");
          if (!isTold && !(error instanceof Stopped)) this.#onError(error);
        })
        .finally(() => this.#running.delete(id));
    }
    return this.state(study);
  }

  /** Gives up the audits on their way, of which the next clears away what there is, and waits until they have ended. */
  async close(): Promise<void> {
    this.#isClosing = true;
    await Promise.all([...this.#running.values()].map((run) => run.ended));
  }
}
