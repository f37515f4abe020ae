import { afterEach, describe, expect, it } from "vitest";
import { checkResponses } from "../../../server/generation/check.ts";
import { generateResponses } from "../../../server/generation/generate.ts";
import { testContext } from "../../support/context.ts";
import { generationOf, meansAt, moving, responsesOf } from "../../support/generation.ts";
import {
  playReplies,
  type ReplyRow,
  replyRows,
  type ReplyServer,
} from "../../support/model-servers/replies.ts";
import { openStudy } from "../../support/study.ts";

const ROWS = replyRows(new URL("../../../fixtures/model-replies/replies.jsonl", import.meta.url));
const named = (name: string): ReplyRow => ROWS.get(name)!;
const PROMPTS = 10;

const running: ReplyServer[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
});

async function playing(row: ReplyRow) {
  const context = moving(await testContext("sqlite"));
  await openStudy(context, { prompts: PROMPTS, baselines: 1, annotators: 1 });
  const server = await playReplies(row);
  running.push(server);
  return { context, server };
}

describe("responses that come with reasoning", () => {
  async function generated(name: string) {
    const row = named(name);
    const { context, server } = await playing(row);
    const request = generationOf({ system: "new", settings: { adapter: row.wire, baseUrl: server.url } });
    const means = meansAt(server.url, { adapter: row.wire });
    const done = await generateResponses(context, request, means);
    return { context, done, notices: means.notices, stored: await responsesOf(context, "new") };
  }

  it.each(["think-closed", "think-no-opening", "thought-tag", "seed-think", "channels", "square-tags"])(
    "in the text, as %s, are stored without it",
    async (name) => {
      const { context, done, notices, stored } = await generated(name);
      expect(stored).toHaveLength(PROMPTS);
      for (const { turns, generation } of stored) {
        expect(turns).toEqual([expect.stringMatching(/^\{"reasoning": "Response A .*"A"\}$/)]);
        expect(generation.turns).toMatchObject([{ thinking: expect.any(String) as string }]);
      }
      expect(done.withThinking).toBe(PROMPTS);
      expect(notices.join()).toContain("no annotator sees it");
      expect((await checkResponses(context, { study: "s" })).found).toEqual([]);
    },
  );

  it("and were stored by an earlier version are listed", async () => {
    const { context } = await generated("good");
    const set = (id: string, turns: string[], metadata: object) =>
      context.database.transact(({ db }) =>
        db
          .updateTable("response")
          .set({ turns: JSON.stringify(turns), metadata: JSON.stringify(metadata) })
          .where("prompt_id", "=", (e) => e.selectFrom("prompt").select("id").where("external_id", "=", id))
          .where("system_id", "=", (e) => e.selectFrom("system").select("id").where("name", "=", "new"))
          .execute(),
      );
    await set("p0", ["<think>\nHm.\n</think>\nYes."], {});
    await set("p1", ["<think>\nHm."], { generation: { truncated: false, turns: [{ finish: "complete" }] } });
    await set("p2", ["Yes."], { generation: { truncated: false, turns: [{ finish: "unknown" }] } });
    await set("p3", ["Close it with `</think>`."], {});
    const { checked, found } = await checkResponses(context, { study: "s", system: "new" });
    expect(checked).toBe(PROMPTS);
    expect(found.map(({ prompt, fault, isGenerated }) => [prompt, fault, isGenerated])).toEqual([
      ["p0", "reasoning", false],
      ["p1", "nothing but reasoning", true],
      ["p2", "unknown end", true],
    ]);
    await expect(checkResponses(context, { study: "s", system: "none" })).rejects.toThrow(
      "has no system called none. Its systems:",
    );
  });

  it("are asked for of other prompts first where some failed before", async () => {
    const row: ReplyRow = { ...named("empty"), when: { messages_contain: ["prompt 0 ", "prompt 1 "] } };
    const { context, server } = await playing(row);
    const go = async (calls: number) => {
      const limits = { calls };
      const request = generationOf({ system: "new", settings: { baseUrl: server.url }, limits });
      return generateResponses(context, request, meansAt(server.url));
    };
    expect((await go(4)).progress).toMatchObject({ stored: 0, failed: 2 });
    expect((await go(8)).progress).toMatchObject({ stored: 8, failed: 0 });
    expect((await go(8)).progress).toMatchObject({ stored: 0, failed: 2, calls: 4 }); // each twice, as it is empty
  });
});
