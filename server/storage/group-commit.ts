import type { Transaction } from "./database.ts";
import { CommitLost, DatabaseGone } from "./errors.ts";

const MEMBERS_MAX = 64;

interface GroupCommitParts {
  begin(): Promise<void>;
  commit(): void;
  /** Undoes the transaction, if there is one. */
  undo(): void;
  execute(sql: string): void;
  inTransaction(): boolean;
  /** How many statements that may write have run on the connection. */
  writes(): number;
  readonly transaction: Transaction;
  exclusively<T>(use: () => Promise<T>): Promise<T>;
}

interface Member {
  use(tx: Transaction): Promise<unknown>;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

type Outcome = { member: Member; value: unknown } | { member: Member; error: unknown };

/** A member failed after it had written something: nothing short of a savepoint can undo that part alone. */
class HalfDone extends Error {}

/**
 * Use cases that arrive in one turn of the event loop share one commit, and one that fails takes nothing of the
 * others with it. Nobody is answered before the commit is on the disk.
 *
 * Members run without savepoints at first, which cost as much as the work itself: nearly all that fail do so before
 * they write. Where one fails later, the transaction is undone and all run again, each in a savepoint of its own;
 * so `use` may run twice.
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
      await this.#gather();
      const members = this.#waiting.splice(0, MEMBERS_MAX);
      await this.#parts.exclusively(() => this.#commit(members));
      await nextTurn(); // lets requests that have arrived join the next commit
    }
    this.#flushing = false;
  }

  /** Waits while every turn of the event loop brings another: a commit costs much the same for one as for many. */
  async #gather(): Promise<void> {
    for (let known = -1; known < this.#waiting.length && this.#waiting.length < MEMBERS_MAX;) {
      known = this.#waiting.length;
      await nextTurn();
    }
  }

  async #commit(members: Member[]): Promise<void> {
    try {
      await this.#parts.begin();
      const outcomes = await this.#all(members);
      this.#parts.commit();
      outcomes.forEach(answer);
    } catch (error) {
      this.#parts.undo();
      const told = error instanceof DatabaseGone ? error : new CommitLost({ cause: error });
      for (const member of members) member.reject(told);
    }
  }

  async #all(members: readonly Member[]): Promise<Outcome[]> {
    try {
      return await inTurn(members, (member) => this.#attempt(member));
    } catch (error) {
      if (!(error instanceof HalfDone)) throw error;
      this.#parts.undo();
      await this.#parts.begin();
      return inTurn(members, (member) => this.#attemptApart(member));
    }
  }

  async #attempt(member: Member): Promise<Outcome> {
    const writes = this.#parts.writes();
    try {
      return { member, value: await member.use(this.#parts.transaction) };
    } catch (error) {
      if (!this.#parts.inTransaction()) throw error; // a full disk takes the whole transaction
      if (this.#parts.writes() > writes)
        throw new HalfDone("A member failed after it wrote.", { cause: error });
      return { member, error };
    }
  }

  async #attemptApart(member: Member): Promise<Outcome> {
    this.#parts.execute("savepoint member");
    try {
      const value = await member.use(this.#parts.transaction);
      this.#parts.execute("release member");
      return { member, value };
    } catch (error) {
      if (!this.#parts.inTransaction()) throw error;
      this.#parts.execute("rollback to member");
      this.#parts.execute("release member");
      return { member, error };
    }
  }
}

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

async function inTurn(
  members: readonly Member[],
  attempt: (member: Member) => Promise<Outcome>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const member of members) outcomes.push(await attempt(member));
  return outcomes;
}

function answer(outcome: Outcome): void {
  if ("error" in outcome) outcome.member.reject(outcome.error);
  else outcome.member.resolve(outcome.value);
}
