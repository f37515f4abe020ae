import { afterEach, expect, test, vi } from "vitest";
import { joinApi, judgingApi } from "../../../client/api/judging.ts";
import { SHEET, SmallServer, viewNumber } from "../outbox/annotator-world.ts";

/** What networks that want a sign-in first answer to every call, with status 200. */
const FOREIGN = [
  "",
  "null",
  "{}",
  "[]",
  '"ok"',
  "<html>Sign in</html>",
  '{"accepted":true}',
  '{"state":"work"}',
];

const api = judgingApi("t".repeat(43));
const ASSIGNMENT = viewNumber(0).assignment;
const JUDGMENT = {
  assignment: ASSIGNMENT,
  choice: "left",
  activeMs: 1000,
  language: "en",
  requestKey: "request-key-00000001",
  holding: [],
} as const;

const answer = (text: string) =>
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(text, { status: 200 })));

const ARRIVAL = { link: "l".repeat(43), query: "" };

afterEach(() => vi.unstubAllGlobals());

test.each(FOREIGN)("an answer of %j is none of ours, and the call counts as not made", async (text) => {
  answer(text);
  const unreachable = { kind: "unreachable" };
  expect(await api.judgment({ ...JUDGMENT, holding: [] })).toEqual(unreachable);
  expect(await api.work({ holding: [] })).toEqual(unreachable);
  expect(await api.sheet("en")).toEqual(unreachable);
  expect(await api.earlier(null)).toEqual(unreachable);
  expect(await joinApi.sheet(ARRIVAL, "en")).toEqual(unreachable);
  expect(await joinApi.join(ARRIVAL)).toEqual(unreachable);
  expect(await joinApi.decline(ARRIVAL)).toEqual(unreachable);
  expect(await api.finish()).toEqual(unreachable);
  expect(await api.stop()).toEqual(unreachable);
});

test("what the server says is taken as it is", async () => {
  const server = new SmallServer(3);
  const replies = {
    judgment: { accepted: true, surplus: false, work: server.work([]) },
    work: server.work([]),
    sheet: SHEET,
    earlier: { earlier: null },
    join: { token: "t".repeat(43) },
    finish: { finish: null },
  };
  answer(JSON.stringify(replies.judgment));
  expect(await api.judgment({ ...JUDGMENT, holding: [] })).toEqual({ kind: "ok", reply: replies.judgment });
  answer(JSON.stringify(replies.work));
  expect(await api.work({ holding: [] })).toEqual({ kind: "ok", reply: replies.work });
  answer(JSON.stringify(replies.sheet));
  expect(await api.sheet("en")).toEqual({ kind: "ok", reply: replies.sheet });
  answer(JSON.stringify(replies.earlier));
  expect(await api.earlier(ASSIGNMENT)).toEqual({ kind: "ok", reply: replies.earlier });
  answer(JSON.stringify(replies.join));
  expect(await joinApi.join(ARRIVAL)).toEqual({ kind: "ok", reply: replies.join });
  answer(JSON.stringify(replies.finish));
  expect(await api.finish()).toEqual({ kind: "ok", reply: replies.finish });
});
