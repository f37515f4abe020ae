import { afterAll, beforeAll, expect, it } from "vitest";
import { makeOwnerToken } from "../../../server/accounts/owner.ts";
import type { Members } from "../../../server/contract/accounts.ts";
import { type MemberRole, RIGHTS, RIGHTS_OF } from "../../../server/contract/rights.ts";
import type { ApiDocument } from "../../../server/http/openapi.ts";
import { TABLES } from "../../../server/storage/table-names.ts";
import { listeningApp } from "../../support/listening-app.ts";
import { judgmentOf } from "../../support/study.ts";

const PASSWORD = "correct horse battery";
let server: Awaited<ReturnType<typeof listeningApp>>;

beforeAll(async () => {
  server = await listeningApp();
});
afterAll(() => server.close());

interface Reply {
  readonly status: number;
  readonly text: string;
  /** Of a refusal. */
  readonly error: string | undefined;
  readonly json: <Of>() => Of;
}
type Call = (method: string, path: string, body?: object | string) => Promise<Reply>;

/** Calls as one person: with the headers of a browser, or of a program. */
const callsWith =
  (headers: Readonly<Record<string, string>>): Call =>
  async (method, path, body) => {
    const type = typeof body === "string" ? "application/octet-stream" : "application/json";
    const reply = await fetch(`${server.origin}/api/${path}`, {
      method,
      headers: { ...headers, ...(body !== undefined && { "content-type": type }) },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await reply.text();
    const json = <Of>() => JSON.parse(text) as Of;
    const error = reply.ok ? undefined : json<{ error: string }>().error;
    return { status: reply.status, text, error, json };
  };

/** Who signs in, or accepts an invitation, has a browser of their own. */
async function signedIn(path: string, body: object): Promise<Call> {
  const reply = await fetch(`${server.origin}/api/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: server.origin },
    body: JSON.stringify(body),
  });
  expect(reply.status, path).toBe(200);
  const cookie = reply.headers.getSetCookie().find((one) => one.startsWith("tiebreak_session="));
  return callsWith({ cookie: cookie?.split(";")[0] ?? "", origin: server.origin });
}

/** Everything that is stored, but for when sessions and tokens were last used. */
const stored = (): Promise<string> =>
  server.context.database.read(async ({ db, dialect }) => {
    const found: unknown[] = [];
    for (const table of TABLES) {
      if (table === "session" || table === "api_token") continue;
      for await (const rows of dialect.rowsOf(db, table)) found.push([table, rows]);
    }
    return JSON.stringify(found);
  });

/** What of the interface a role may not, in one study and in the instance, tried call by call. */
async function refused(call: Call, role: MemberRole): Promise<string[]> {
  const { paths } = (await call("GET", "openapi.json")).json<ApiDocument>();
  const lacks = RIGHTS.filter((right) => !RIGHTS_OF[role].includes(right));
  const before = await stored();
  const tried: string[] = [];
  for (const [path, methods] of Object.entries(paths))
    for (const [method, operation] of Object.entries(methods)) {
      if (!lacks.some((right) => right === operation["x-access"])) continue;
      const at = path
        .slice("/api/".length)
        .replace("{study}", "rain")
        .replace(/\{\w+\}/, "1");
      const { status, error } = await call(
        method.toUpperCase(),
        at,
        method === "get" ? undefined : { state: "paused", name: "rain" },
      );
      tried.push(operation.operationId);
      expect([method, path, status, error]).toEqual([method, path, 403, "NotAllowed"]);
    }
  expect(await stored()).toBe(before);
  return tried;
}

const rows = (of: (id: string) => object) => ["a", "b"].map((id) => JSON.stringify(of(id))).join("\n");

it("lets two researchers and a viewer work on one study, each with the rights of the table", async () => {
  const link = await signedIn("session", { token: await makeOwnerToken(server.context) });
  const ada = { name: "Ada", email: "ada@example.org", password: PASSWORD };
  expect((await link("POST", "account", ada)).status).toBe(200);
  const owner = await signedIn("session", { email: ada.email, password: PASSWORD });
  const pairs = { target: "ours", baselines: ["theirs"], seed: "1" };
  for (const name of ["rain", "other"]) await owner("POST", "studies", { name, ...pairs });

  const join = async (name: string, role: MemberRole): Promise<Call> => {
    const made = await owner("POST", "studies/rain/invitations", { name, role });
    const token = new URL(made.json<{ url: string }>().url).hash.slice(1);
    const email = `${name.toLowerCase()}@example.org`;
    const call = await signedIn("invitation/accept", { token, name, email, password: PASSWORD });
    const { rights } = (await call("GET", "session?study=rain")).json<{ rights: string[] }>();
    expect(rights.sort()).toEqual([...RIGHTS_OF[role]].sort());
    return call;
  };
  const rita = await join("Rita", "researcher");
  const ravi = await join("Ravi", "researcher");
  const vera = await join("Vera", "viewer");

  const load = (call: Call, file: string, text: string) =>
    call("POST", `studies/rain/files?name=${file}`, text);
  await load(
    rita,
    "prompts.jsonl",
    rows((id) => ({ prompt_id: id, prompt: `Why ${id}?` })),
  );
  await load(
    rita,
    "ours.jsonl",
    rows((id) => ({ prompt_id: id, output: `Ours on ${id}` })),
  );
  const asked = { name: "notebook", scopes: ["view", "results", "people", "edit"], study: "rain" };
  const { token } = (await ravi("POST", "tokens", asked)).json<{ token: string }>();
  const program = callsWith({ authorization: `Bearer ${token}` });
  await load(
    program,
    "theirs.jsonl",
    rows((id) => ({ prompt_id: id, output: `Theirs on ${id}` })),
  );
  expect(
    (
      await load(
        vera,
        "more.jsonl",
        rows((id) => ({ prompt_id: id, prompt: "?" })),
      )
    ).error,
  ).toBe("NotAllowed");
  expect((await program("POST", "studies/rain/state", { state: "open" })).status).toBe(200);
  expect((await rita("GET", "studies/rain")).json()).toMatchObject({ state: "open", prompts: 2 });

  const invited = await rita("POST", "studies/rain/invite", { group: "crowd", count: 1 });
  const [{ url } = { url: "" }] = invited.json<{ links: { url: string }[] }>().links;
  const judge = callsWith({ authorization: `Bearer ${new URL(url).hash.slice(1)}` });
  const { buffer } = (await judge("POST", "judge/work", { holding: [] })).json<{ buffer: string[] }>();
  for (const assignment of buffer)
    expect((await judge("POST", "judge/judgments", judgmentOf(assignment))).status).toBe(200);

  const figures = (await vera("GET", "studies/rain/report")).json<{ judgments: number }>();
  expect(figures.judgments).toBe(2);
  expect((await vera("GET", "studies/rain/export?as=csv")).text.trimEnd().split("\n").length).toBe(3);
  const [first] = (await vera("GET", "studies/rain/judged")).json<{ comparisons: { id: number }[] }>()
    .comparisons;
  await vera("POST", `studies/rain/comparisons/${first!.id}/notes`, { text: "Read this again." });
  expect((await ravi("GET", "studies/rain/notes")).text).toContain("Read this again.");

  const forVera = await refused(vera, "viewer");
  expect(forVera).toEqual(
    expect.arrayContaining(["loadFile", "invite", "exclude", "amendStudy", "listMessages"]),
  );
  const forRita = await refused(rita, "researcher");
  expect(forRita).toEqual(expect.arrayContaining(["shareResults", "deleteStudy", "changeStudyMember"]));
  expect(forVera).toEqual(expect.arrayContaining(forRita));
  const before = await stored();
  for (const call of [rita, vera, program])
    expect((await call("POST", "studies/rain/state", { state: "closed" })).error).toBe("NotAllowed");
  for (const call of [rita, ravi, vera, program])
    expect((await call("GET", "studies/other/report")).error).toBe("NotAllowed");
  expect((await vera("GET", "studies/rain/pack?withMessages=1")).error).toBe("NotAllowed");
  expect(await stored()).toBe(before);

  const { members } = (await owner("GET", "studies/rain/members")).json<Members>();
  const id = members.find(({ name }) => name === "Ravi")!.id;
  await owner("PATCH", `studies/rain/members/${id}`, { role: "viewer" });
  expect((await program("POST", "studies/rain/state", { state: "paused" })).error).toBe("NotAllowed");
  expect((await program("GET", "studies/rain/report")).status).toBe(200);
  expect((await owner("POST", "studies/rain/state", { state: "closed" })).status).toBe(200);
  expect((await vera("GET", "studies/rain/report")).json()).toMatchObject({ state: "closed", judgments: 2 });

  const { entries } = (await owner("GET", "audit?limit=1000")).json<{
    entries: { who: string; verb: string }[];
  }>();
  const did = (who: RegExp) => new Set(entries.filter((one) => who.test(one.who)).map(({ verb }) => verb));
  expect([...did(/^Rita/)]).toEqual(expect.arrayContaining(["load file", "invite"]));
  expect([...did(/^Ravi/)]).toEqual(expect.arrayContaining(["load file", "change state"]));
  expect([...did(/^Vera/)].filter((verb) => /load|state|invite|exclude/.test(verb))).toEqual([]);
});
