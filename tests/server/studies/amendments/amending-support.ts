import type { AddressInfo } from "node:net";
import { expect, onTestFinished } from "vitest";
import { buildApp } from "../../../../server/app.ts";
import type { Context } from "../../../../server/context.ts";
import type { Amendment } from "../../../../server/contract/amendments.ts";
import { amendStudy } from "../../../../server/studies/amendments/amend-study.ts";
import { AnnotatorClient } from "../../../support/annotator-client.ts";
import { appParts } from "../../../support/app.ts";
import { addMaterial } from "../../../support/study.ts";

/** Amends the study s. */
export const amend = (context: Context, amendment: Amendment, reason = "because") =>
  amendStudy(context, { study: "s", amendment, reason, by: "test" });

/** A server on the context's database, and annotators who judge until they are stopped, or as far as there is work. */
export async function atWork(context: Context, tokens: readonly string[]) {
  let origin = "http://127.0.0.1";
  const app = await buildApp({ ...appParts(context), origin: () => origin, origins: () => [origin] });
  await app.listen({ host: "127.0.0.1", port: 0 });
  onTestFinished(() => app.close());
  origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const clients = tokens.map((token) => new AnnotatorClient(origin, token));
  const sent = () => clients.flatMap((client) => client.sent);
  const judge = () => Promise.all(clients.map((client) => client.judgeUntil(() => false)));
  return {
    clients,
    sent,
    acknowledged: () => sent().filter((one) => one.acknowledged).length,
    /** Sends some of it once more, with the same keys. */
    sendAgain: () =>
      Promise.all(
        clients.map((client) =>
          Promise.all(client.sent.slice(0, 3).map(({ request }) => post(origin, client.token, request))),
        ),
      ),
    judge,
    /** The same, and who is asked to wait for what others hold asks again. */
    judgeAll: async () => {
      do await judge();
      while (clients.some(({ state }) => state === "wait"));
    },
  };
}

async function post(origin: string, token: string, request: object): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const reply = await fetch(`${origin}/api/judge/judgments`, {
    method: "POST",
    headers,
    body: JSON.stringify(request),
  });
  expect(reply.status).toBe(200);
}

/** How often each annotator was assigned a comparison, and how many counted judgments each comparison and group has. */
export async function shares(
  context: Context,
): Promise<{ twice: number; perComparison: number[]; corrected: number }> {
  return context.database.read(async ({ db }) => {
    const assigned = await db
      .selectFrom("assignment")
      .select(["annotator_id", "comparison_id", "presentation", "purpose"])
      .execute();
    const keys = assigned.map((one) => `${one.annotator_id} ${one.comparison_id} ${one.presentation}`);
    const counted = await db
      .selectFrom("slot as s")
      .select((e) => ["s.comparison_id", e.fn.count<number>("s.counted_assignment_id").as("judged")])
      .groupBy(["s.comparison_id", "s.group_id"])
      .execute();
    return {
      twice: keys.length - new Set(keys).size,
      perComparison: [...new Set(counted.map(({ judged }) => Number(judged)))],
      corrected: assigned.filter(({ purpose }) => purpose === "corrected").length,
    };
  });
}

/** Another system, with an answer to every prompt. */
export async function loadLate(context: Context): Promise<void> {
  await addMaterial(context, "s", { prompts: 0, systems: ["late"] });
  await context.database.transact(async ({ db }) => {
    const { id: system, load_id: load } = await db
      .selectFrom("system")
      .select(["id", "load_id"])
      .where("name", "=", "late")
      .executeTakeFirstOrThrow();
    const prompts = await db.selectFrom("prompt").select("id").execute();
    const rows = prompts.map(({ id }) => ({
      ...{ prompt_id: id, system_id: system, turns: `["late ${id}"]`, turn_count: 1 },
      ...{ content_hash: `late ${id}`, blank: 0, metadata: "{}", load_id: load! },
    }));
    await db.insertInto("response").values(rows).execute();
  });
}
