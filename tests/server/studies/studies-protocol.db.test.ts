import { describe, expect, it } from "vitest";
import { DEFAULT_GROUP } from "../../../server/studies/default-protocol.ts";
import { DEFAULT_WORDING } from "../../../server/studies/default-wordings.ts";
import { ownerHeaders, testApp } from "../../support/app.ts";
import { DATABASES, testContext } from "../../support/context.ts";

async function draft(kind: (typeof DATABASES)[number] = "sqlite") {
  const context = await testContext(kind);
  const app = await testApp(context);
  const headers = await ownerHeaders(app, context);
  const call = (method: "GET" | "POST" | "PATCH", url: string, payload: object) =>
    app.inject({ method, url, headers, payload });
  await call("POST", "/api/studies", { name: "s", target: "ours", baselines: ["theirs"] });
  const patch = (protocol: object) => call("PATCH", "/api/studies/s/protocol", protocol);
  return { call, patch };
}

const REFUSED: [string, object, RegExp][] = [
  ["no wording at all", { wording: {} }, /wording: needs the texts of one language/],
  ["a blank choice", { wording: { en: { ...DEFAULT_WORDING, tie: "  " } } }, /en\.tie: must not be blank/],
  ["a language that is none", { wording: { english: DEFAULT_WORDING } }, /english: is no language tag/],
  ["an underscore in one", { wording: { en_US: DEFAULT_WORDING } }, /en_US: is no language tag/],
  ["a language twice", { wording: { en: DEFAULT_WORDING, EN: DEFAULT_WORDING } }, /a language twice/],
  ["two groups of one name", { groups: [DEFAULT_GROUP, DEFAULT_GROUP] }, /two groups have the same name/],
  ["a group’s name with a slash", { groups: [{ ...DEFAULT_GROUP, name: "we/ird" }] }, /spaces and \. _/],
  ["the target as its own baseline", { pairs: { target: "a", baselines: ["b", "a"] } }, /its own baseline/],
  ["a baseline twice", { pairs: { target: "a", baselines: ["b", "b"] } }, /named twice/],
  ["pairs of another shape", { pairs: { target: "a" } }, /must be \{"target"/],
];

describe("the protocol of a draft", () => {
  it.each(REFUSED)("refuses %s, by its field, and stays as it was", async (_, protocol, message) => {
    const { call, patch } = await draft();
    const reply = await patch(protocol);
    expect([reply.statusCode, reply.json<{ detail: string }>().detail]).toEqual([
      400,
      expect.stringMatching(message),
    ]);
    const study = await call("GET", "/api/studies/s", {});
    expect(study.json()).toMatchObject({
      protocol: {
        wording: { en: DEFAULT_WORDING },
        pairs: { target: "ours", baselines: ["theirs"] },
        groups: [DEFAULT_GROUP],
      },
    });
  });

  it.each(DATABASES)(
    "loses a member by null, and none to somebody who changes another at once, on %s",
    async (kind) => {
      const { call, patch } = await draft(kind);
      const every = { every: 10 };
      const changes = [
        { checks: every },
        { repeats: every },
        { buffer: 6 },
        { contact: "us" },
        { guess: true },
      ];
      await Promise.all(changes.map((change) => patch(change)));
      const shown = async () =>
        (await call("GET", "/api/studies/s", {})).json<{ protocol: object }>().protocol;
      expect(await shown()).toMatchObject(Object.assign({}, ...changes) as object);
      expect((await patch({ checks: null, recruitment: null })).statusCode).toBe(200);
      expect(await shown()).not.toHaveProperty("checks");
      expect(await shown()).toMatchObject({ repeats: every, recruitment: null });
      expect((await patch({ pairs: null })).statusCode).toBe(400);
    },
  );

  it("takes tags of languages, scripts and regions, and a preview finds the words", async () => {
    const { call, patch } = await draft();
    const wording = { "zh-Hans": DEFAULT_WORDING, "es-419": DEFAULT_WORDING, gsw: DEFAULT_WORDING };
    expect((await patch({ wording })).statusCode).toBe(200);
    const preview = await call("GET", "/api/studies/s/preview?language=zh", {});
    expect(preview.json()).toMatchObject({ sheet: { language: "zh-Hans" } });
  });

  it("says which characters a study’s name may have", async () => {
    const { call } = await draft();
    const reply = await call("POST", "/api/studies", { name: "we/ird" });
    expect(reply.json()).toMatchObject({ detail: expect.stringContaining(". _ ( ) + -") as string });
    expect((await call("POST", "/api/studies", { name: "x", publicTitle: " " })).statusCode).toBe(400);
  });
});
