import type { Context } from "../../server/context.ts";
import type { Database, Transaction } from "../../server/storage/database.ts";

class Undone extends Error {}

/**
 * A context in which every transaction is done twice: the first time it is rolled back at its end, as where a connection is
 * lost before the commit. What a use case keeps outside of its transaction shows then.
 */
export function doneTwice(context: Context): Context {
  const { database } = context;
  const undone = async (use: (tx: Transaction) => Promise<unknown>) => {
    const attempt = database.transact(async (tx) => {
      await use(tx).catch(() => undefined); // what it is refused for comes again
      throw new Undone();
    });
    await attempt.catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error;
    });
  };
  const twice =
    (name: "transact" | "transactTogether"): Database["transact"] =>
    async (use) => {
      await undone(use);
      return database[name](use);
    };
  const doors = { transact: twice("transact"), transactTogether: twice("transactTogether") };
  const proxy = new Proxy(database, {
    get(target, name) {
      if (name in doors) return doors[name as keyof typeof doors];
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
  return { ...context, database: proxy };
}
