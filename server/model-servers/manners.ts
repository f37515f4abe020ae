import { type Context, now } from "../context.ts";
import { itemsOf } from "./json-members.ts";

/** What a server has turned out not to take with a model, kept from one run to the next: nothing, where it took everything. */
export interface Manners {
  /** null: no reply of late has shown it. */
  readonly recall: (model: string) => Promise<readonly string[] | null>;
  readonly keep: (model: string, without: readonly string[]) => Promise<void>;
}

/** Servers are updated: what was learned longer ago than this is tried again. */
const DAYS_MAX = 30;

/** Those of one server, in the database. @param url where its calls are posted to; a query may hold a key, and is not kept */
export function mannersOf(context: Context, url: URL): Manners {
  const server = url.origin + url.pathname;
  return {
    async recall(model) {
      const since = new Date(context.clock().getTime() - DAYS_MAX * 86_400_000).toISOString();
      const row = await context.database.read(({ db }) =>
        db
          .selectFrom("server_manner")
          .select("without")
          .where("server", "=", server)
          .where("model", "=", model)
          .where("learned_at", ">=", since)
          .executeTakeFirst(),
      );
      if (!row) return null;
      return itemsOf(JSON.parse(row.without)).filter((name) => typeof name === "string");
    },
    async keep(model, without) {
      const told = { without: JSON.stringify(without), learned_at: now(context) };
      await context.database.transact(async ({ db }) => {
        await db
          .insertInto("server_manner")
          .values({ server, model, ...told })
          .onConflict((conflict) => conflict.columns(["server", "model"]).doUpdateSet(told))
          .execute();
      });
    },
  };
}
