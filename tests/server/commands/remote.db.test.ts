import { createHash } from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { prepare, tiebreakInProcess } from "../../support/in-process.ts";
import { listeningApp } from "../../support/listening-app.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-remote-"));
let server: Awaited<ReturnType<typeof listeningApp>>;

beforeAll(async () => {
  server = await listeningApp();
});
afterAll(() => server.close());

const written = (name: string, rows: readonly object[]): string => {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  return file;
};

/** What differs between any two runs: moments, secrets, hashes, addresses, and who did it. */
const alike = (text: string): string =>
  text
    .replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?Z?)?/g, "MOMENT")
    .replace(/\b[0-9a-f]{64}\b/g, "HASH")
    .replace(/https?:\/\/[\d.:a-z]+/g, "ADDRESS")
    .replace(/#[\w-]{20,}/g, "#SECRET")
    .replace(/command line|owner \(token test\)/g, "WHO")
    .replace(
      /^About to load into (\w+):([^]*)\n\nLoaded into \1\.$/m,
      (_, study: string, what: string) =>
        `Loaded into ${study}.${what.replaceAll(": to be loaded", ": loaded")}`,
    );

/** What was printed: of JSON, whatever the order of its members. */
function printed(stdout: string): unknown {
  try {
    return JSON.parse(alike(stdout)) as unknown;
  } catch {
    return alike(stdout);
  }
}

/** Runs a command on a database and on a server, and expects the same of both. */
async function both(...args: string[]): Promise<string> {
  const here = await tiebreakInProcess(args, { DATABASE_URL: path.join(folder, "here.db") });
  const there = await tiebreakInProcess([...args, "--server", server.origin], {
    TIEBREAK_TOKEN: server.token,
  });
  const what = args.join(" ");
  expect([what, there.code, printed(there.stdout)]).toEqual([what, here.code, printed(here.stdout)]);
  return there.stdout;
}

it("does the same on a server elsewhere as on a database", async () => {
  const ids = ["a", "b", "c"];
  const outputs = path.join(folder, "outputs");
  written(
    "outputs/prompts.jsonl",
    ids.map((id) => ({ prompt_id: id, prompt: `Say ${id}.` })),
  );
  for (const system of ["ours", "theirs"])
    written(
      `outputs/${system}.jsonl`,
      ids.map((id) => ({ prompt_id: id, text: `As ${system}, on ${id}`, output_note: "x" })),
    );
  const votes = written("votes.jsonl", [
    { prompt_id: "a", left_system: "ours", right_system: "theirs", choice: "left", annotator: "ann" },
  ]);
  const pairs = ["--target", "ours", "--baseline", "theirs"];
  await both("study", "create", "s", ...pairs, "--group", "crowd,judgments=1", "--seed", "1");
  await both("study", "change", "s", "--messages");
  await both("study", "rules", "set", "s", "default");
  await both("load", "s", outputs, "--dry-run", "--map", "output=text");
  await both("load", "s", path.join(outputs, "prompts.jsonl"));
  await both(
    "load",
    "s",
    "--map",
    "output=text",
    path.join(outputs, "ours.jsonl"),
    path.join(outputs, "theirs.jsonl"),
  );
  await both("load", "s", "--list");
  await both("blinding", "s");
  await both("watch");
  await both("blinding", "s", "--keep", "own-name:ours", "--reason", "a test");
  await both("rename", "s", "--prompt", "c=d");
  expect(await both("study", "open", "s")).toContain("3 judgments are needed");
  await both("load", "s", votes, "--group", "authors:author");
  await both("invite", "s", "--count", "2", "--json");
  await both("links", "s", "--revoke", "annotator-2");
  await both("invite", "s", "--open", "--most", "2");
  await both("links", "s", "--most", "shared-crowd=9");
  await both("links", "s");
  await both("notes", "adjudicate", "s", "Both fine.", "--prompt", "a", "--better", "neither");
  await both(
    "notes",
    "add",
    "s",
    "Read a again.",
    "--prompt",
    "a",
    "--system",
    "theirs",
    "--against",
    "ours",
  );
  expect(await both("notes", "s")).toContain("Read a again.");
  expect(await both("export", "s", "--as", "notes")).toContain("adjudicated,neither,Both fine.");
  await both("exclude", "s", "--annotator", "ann", "--rule", "a test");
  await both("exclude", "s", "--list");
  await both("exclude", "s", "--annotator", "ann", "--lift");
  await both("messages", "reply", "s", "--to", "annotator-1", "Hello.");
  await both("messages", "s");
  await both("annotator", "withdraw", "s", "annotator-2");
  await both("annotator", "list", "s", "--json");
  await both("platform", "show", "s");
  await both("watch", "s", "--json");
  expect(await both("watch", "s", "--csv")).toMatch(/^annotator,group/);
  await both("plan", "--rate", "0.6", "--from", "s");
  await both("review", "s", "--json");
  await both("study", "list");
  await both("study", "show", "s");
  await both("study", "show", "s", "--as", "yaml");
  await both("report", "s", "--snapshot");
  await both("report", "s", "--verify");
  await both("report", "s", "--kept", "--format", "csv", "--part", "pairs");
  await both("report", "s", "--kept", "--table", "pairs");
  await both("report", "s", "--group", "authors", "--format", "markdown");
  await both("unload", "s", "9");
  await both("unload", "s", "4");
  await both("study", "retention", "s", "30");
  await both("study", "pause", "s");
  await both("study", "close", "s", "--json");
  const file = path.join(folder, "study.yaml");
  fs.writeFileSync(
    file,
    "study: applied\ntitle: Which?\nprotocol: { pairs: { target: ours, baselines: [theirs] } }\n" +
      "files: [outputs/prompts.jsonl, { file: outputs/ours.jsonl, map: { output: text } }, { file: outputs/theirs.jsonl, map: { output: text } }]\nsystems: { ours: Model A }\nstate: open\n",
  );
  expect(await both("study", "apply", file)).toContain("open the study");
  expect(await both("study", "apply", file)).toContain("Nothing to change.");
  await both("study", "create", "t", "--seed", "1");
  await both("study", "delete", "t", "--yes", "t", "--no-copy");
});

it("keeps prompt sets on a server as in a database, and takes prompts from them", async () => {
  const rows = ["x", "y", "z"].map((id) => ({ prompt_id: id, prompt: `Sing ${id}.`, split: "test" }));
  const set = written("songs.jsonl", rows);
  expect(await both("prompts", "keep", "songs", set)).toContain("Kept songs@1: 3 prompts (3 test)");
  const more = written("more-songs.jsonl", [
    ...rows.slice(1),
    { prompt_id: "w", prompt: "Hum.", split: "dev" },
  ]);
  await both("prompts", "keep", "songs", more);
  await both("prompts", "keep", "songs", more, "--reason", "one to hum", "--title", "Songs");
  expect(await both("prompts", "diff", "songs", "1", "2")).toContain("1 removed");
  await both("prompts", "drop", "songs", "w", "--reason", "a test");
  await both("study", "create", "sung", "--seed", "1");
  expect(await both("load", "sung", "--prompts", "songs@1", "--split", "dev")).toBe("");
  await both("prompts", "draw", "songs@1", "--size", "2", "--seed", "1", "--study", "sung");
  const draw = ["prompts", "draw", "songs@1", "--seed", "1", "--unused", "--dry-run"];
  expect(await both(...draw, "--size", "1", "--out", path.join(folder, "rest.jsonl"))).toContain("sung (2)");
  expect(await both(...draw, "--size", "2", "--study", "sung", "--json")).toContain("Ask for 1 at most");
  expect(await both("prompts", "show", "songs@2")).toContain("dropped w");
  await both("prompts", "list");
  expect(await both("prompts", "export", "songs@1", "--as", "csv")).toContain("Sing z.");
  const file = path.join(folder, "sung.yaml");
  fs.writeFileSync(file, "study: sung\nprompts: { set: songs@2, split: test }\n");
  expect(await both("study", "apply", file)).toMatch(/take the prompts of songs@2, test|Nothing to change/);
  expect(await both("study", "apply", file)).toContain("Nothing to change.");
  await both("prompts", "delete", "songs", "--yes", "son");
  await both("prompts", "delete", "songs", "--yes", "songs");
});

it("writes the same files, and refuses with words what needs the database itself", async () => {
  const env = { TIEBREAK_TOKEN: server.token };
  const remote = ["--server", server.origin];
  const csv = path.join(folder, "s.csv");
  await prepare(["export", "s", "--as", "csv", "--out", csv, ...remote], env);
  expect(fs.readFileSync(csv, "utf8")).toMatch(/^judgment_id,/);
  const paid = path.join(folder, "paid");
  await prepare(["export", "s", "--as", "payments", "--out", paid, ...remote], env);
  expect(fs.readdirSync(paid)).toContain("payments.csv");
  for (const what of ["consents", "personal-answers", "messages"])
    expect(await prepare(["export", "s", "--as", what, ...remote], env)).toMatch(/^annotator,/);
  const packs = ["here", "there"].map((name) => path.join(folder, `pack-${name}`));
  const [here = "", there = ""] = packs;
  const pack = (out: string) => ["export", "s", "--as", "pack", "--with-notes", "--json", "--out", out];
  const said = await prepare(pack(here), { DATABASE_URL: path.join(folder, "here.db") });
  expect(JSON.parse((await prepare([...pack(there), ...remote], env)).replaceAll(there, here))).toEqual(
    JSON.parse(said),
  );
  const sums = fs.readFileSync(path.join(there, "SHA256SUMS"), "utf8").trimEnd().split("\n");
  for (const [sum, name] of sums.map((line) => line.split("  ") as [string, string])) {
    const bytes = fs.readFileSync(path.join(there, name));
    expect([name, createHash("sha256").update(bytes).digest("hex")]).toEqual([name, sum]);
  }
  expect(fs.readdirSync(there)).toContain("notes.jsonl");
  const again = await tiebreakInProcess([...pack(there), ...remote], env);
  expect(JSON.parse(again.stdout)).toMatchObject({ error: "ExportWrong" });
  expect(await tiebreakInProcess(["backup", "x.backup", ...remote], env)).toMatchObject({ code: 2 });
  const none = await tiebreakInProcess(["invite", "none", "--json", ...remote], env);
  expect([none.code, JSON.parse(none.stdout)]).toMatchObject([2, { error: "StudyNotFound" }]);
  const unsigned = await tiebreakInProcess(["study", "open", "s", "--json", ...remote], {
    TIEBREAK_TOKEN: "",
  });
  expect(JSON.parse(unsigned.stdout)).toMatchObject({ error: "TokenNeeded" });
});

it("sends a token without encryption to this machine alone, and takes for a refusal what is one", async () => {
  const env = { TIEBREAK_TOKEN: "x".repeat(30) };
  const tried = async (address: string, ...more: string[]) => {
    const args = ["study", "list", "--json", "--server", address, ...more];
    return JSON.parse((await tiebreakInProcess(args, env)).stdout) as { error: string; message: string };
  };
  for (const host of ["study.invalid", "127.0.0.1.study.invalid", "192.0.2.1"])
    expect((await tried(`http://${host}`)).message).toMatch(/anybody on the way to .* --insecure-http/);
  expect((await tried("http://study.invalid", "--insecure-http")).message).toMatch(/cannot be reached/);
  const replies = [
    '{"error":"Made up","status":400}',
    '{"error":"Refused","status":409,"detail":"No.","later":1}',
  ];
  const other = http.createServer((_, reply) => void reply.writeHead(400).end(replies.shift()));
  await new Promise<void>((done) => void other.listen(0, "127.0.0.1", done));
  const address = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  expect((await tried(address)).message).toMatch(/answered 400, and not as Tiebreak/);
  expect(await tried(address)).toEqual({ error: "Refused", message: "No." });
  await new Promise((done) => void other.close(done));
});
