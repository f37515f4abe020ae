import type { Transaction } from "./database.ts";
import { CommitLost } from "./errors.ts";

const MEMBERS_MAX = 64;

export interface GroupCommitParts {
  begin(): Promise<void>;
  execute(sql: string): void;
  inTransaction(): boolean;
  readonly transaction: Transaction;
  exclusively<T>(use: () => Promise<T>): Promise<T>;
}

interface Member {
  use(tx: Transaction): Promise<unknown>;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

type Outcome = { member: Member; value: unknown } | { member: Member; error: unknown };

/**
 * Use cases that arrive in one turn of the event loop share one commit, each in a savepoint of its own:
 * one that fails takes nothing of the others with it. Nobody is answered before the commit is on the disk.
 */
export class GroupCommit {
  readonly #parts: GroupCommitParts;
  #waiting: Member[] = [];
  #flushing = false;

  constructor(parts: GroupCommitParts) {
    this.#parts = parts;
  }

  add<T>(use: (tx: Transaction) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ use, resolve: resolve, reject });
      if (!this.#flushing) {
        this.#flushing = true;
        setImmediate(() => void this.#flush());
      }
    });
  }

  async #flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      const members = this.#waiting.splice(0, MEMBERS_MAX);
      await this.#parts.exclusively(() => this.#commit(members));
      await new Promise(setImmediate); // lets requests that have arrived join the next commit
    }
    this.#flushing = false;
  }

  async #commit(members: Member[]): Promise<void> {
    try {
      await this.#parts.begin();
      const outcomes: Outcome[] = [];
      for (const member of members) outcomes.push(await this.#attempt(member));
      this.#parts.execute("commit");
      outcomes.forEach(answer);
    } catch (error) {
      if (this.#parts.inTransaction()) this.#parts.execute("rollback");
      for (const member of members) member.reject(new CommitLost({ cause: error }));
    }
  }

  async #attempt(member: Member): Promise<Outcome> {
    this.#parts.execute("savepoint member");
    try {
      const value = await member.use(this.#parts.transaction);
      this.#parts.execute("release member");
      return { member, value };
    } catch (error) {
      if (!this.#parts.inTransaction()) throw error; // a full disk takes the whole transaction
      this.#parts.execute("rollback to member");
      this.#parts.execute("release member");
      return { member, error };
    }
  }
}

function answer(outcome: Outcome): void {
  if ("error" in outcome) outcome.member.reject(outcome.error);
  else outcome.member.resolve(outcome.value);
}
