import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import zlib from "node:zlib";
import type { FastifyInstance } from "fastify";
import { describe, expect, it } from "vitest";
import { buildApp } from "../../../server/app.ts";
import type { Upload, Uploads } from "../../../server/contract/uploads.ts";
import { forgetFiles, waitingFiles } from "../../../server/uploads/store.ts";
import { appParts, HOST, ownerHeaders } from "../../support/app.ts";
import { cleanUpLater } from "../../support/clean-up.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { benchmarkFiles } from "../../support/uploads.ts";
import { zipOf } from "../loading/packing.ts";

const URL_OF = "/api/studies/s/uploads";

async function uploading(kind: (typeof DATABASES)[number], bytesMax = 2 ** 20) {
  const context = await testContext(kind);
  const folder = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "uploads-")), "waiting");
  const app = await buildApp({ ...appParts(context), uploads: { folder, bytesMax } });
  await app.ready();
  cleanUpLater(async () => {
    await app.close();
    fs.rmSync(path.dirname(folder), { recursive: true });
  });
  const headers = await ownerHeaders(app, context);
  const call = callsOf(app, headers);
  await call("POST", "/api/studies", { name: "s" });
  return { context, folder, app, headers, call };
}

const callsOf =
  (app: FastifyInstance, headers: Record<string, string>) =>
  async <T>(method: "GET" | "POST" | "PATCH", url: string, payload?: object): Promise<T> => {
    const reply = await app.inject({ method, url, headers, payload });
    if (reply.statusCode !== 200) throw new Error(`${reply.statusCode} ${reply.body}`);
    return reply.json<T>();
  };

const put = (of: Awaited<ReturnType<typeof uploading>>, name: string, payload: string | Buffer) =>
  of.app.inject({
    method: "POST",
    url: `${URL_OF}?name=${encodeURIComponent(name)}`,
    headers: { ...of.headers, "content-type": "application/octet-stream" },
    payload,
  });

/** Starts a run and waits until it has ended. */
async function run(
  { call }: Awaited<ReturnType<typeof uploading>>,
  what: "check" | "load",
  skipBad = false,
  reason?: string,
): Promise<Uploads> {
  await call("POST", `${URL_OF}/run`, { what, skipBad, reason });
  const state = async () => (await call<Uploads>("GET", URL_OF)).run?.state;
  await expect.poll(state, { timeout: 60_000 }).not.toBe("running");
  return call("GET", URL_OF);
}

const byName = ({ files }: Uploads, name: string): Upload =>
  files.find((file) => file.name === `outputs/${name}`)!;
const taken = ({ columns }: Upload) => Object.fromEntries(columns.map((one) => [one.name, one.takenFor]));

describe.each(DATABASES)("files that are uploaded, on %s", (kind) => {
  it("are recognised, mapped together, checked, loaded at once, and then gone from the disk", async () => {
    const of = await uploading(kind);
    for (const { name, text } of benchmarkFiles(6)) expect((await put(of, name, text)).statusCode).toBe(200);
    const first = await of.call<Uploads>("GET", URL_OF);
    expect(byName(first, "LICENSE").leftOut).toContain("no rows");
    expect(taken(byName(first, "questions.jsonl"))).toEqual({
      question_id: "prompt_id",
      text: "prompt",
      category: "metadata",
    });
    const alpha = byName(first, "answer_alpha.jsonl");
    expect([alpha.systems, alpha.isNamedByFile, alpha.format]).toEqual([
      ["alpha:20230327"],
      false,
      "fastchat_answers",
    ]);
    const small = byName(first, "7b-generations.jsonl");
    expect(small.problem?.name).toBe("FormatUnknown");
    expect(small.columns.map(({ looksLike }) => looksLike)).toContain("output");

    const checked = await run(of, "check");
    expect(checked.run).toMatchObject({ state: "done", isCurrent: true, report: { done: false } });
    const alike = checked.files.filter(({ problem }) => problem !== null).map(({ id }) => id);
    const columns = {
      ...{ generation: "left out", generation_truncated: "output", prompt: "left out", text: "prompt" },
    };
    const changed = await of.call<Uploads>("PATCH", URL_OF, { files: alike, settings: { columns } });
    expect(changed.run?.isCurrent).toBe(false);
    const mapped = byName(changed, "7b-generations.jsonl");
    expect([mapped.problem, mapped.systems, mapped.isNamedByFile]).toEqual([null, ["7b-generations"], true]);
    const moved = { files: [mapped.id], settings: { columns: { generation: "output", text: null } } };
    expect(byName(await of.call("PATCH", URL_OF, moved), "7b-generations.jsonl").settings.columns).toEqual({
      ...{ prompt: "left out", generation: "output" }, // one output at a time, and text is as it is recognised
    });
    await of.call("PATCH", URL_OF, { files: [mapped.id], settings: { columns } });
    expect(taken(mapped)).toMatchObject({
      ...{ generation: "left out", generation_truncated: "output", text: "prompt", question_id: "prompt_id" },
    });
    const named = { files: [mapped.id], settings: { system: "small" } };
    expect(byName(await of.call("PATCH", URL_OF, named), "7b-generations.jsonl").systems).toEqual(["small"]);

    expect((await run(of, "check")).run?.report).toMatchObject({ done: true, dryRun: true });
    const loaded = await run(of, "load");
    expect([loaded.files, loaded.run?.report?.done]).toEqual([[], true]);
    expect(fs.readdirSync(of.folder)).toEqual([]);
    const study = await of.call<{ systemList: { name: string; responses: number }[] }>(
      "GET",
      "/api/studies/s",
    );
    expect(study.systemList.map(({ name, responses }) => `${name} ${responses}`).sort()).toEqual([
      ...["13b-generations 6", "alpha:20230327 6", "beta-one:20230327 6", "small 6"],
    ]);
  });

  it("are all or none: a refused file keeps every other out, and all of them wait on", async () => {
    const of = await uploading(kind);
    await put(of, "outputs/a.jsonl", `{"prompt":"p","output":"x"}\n{"prompt":"q"\n`);
    await put(of, "outputs/b.jsonl", `{"prompt":"p","output":"y"}\n`);
    const refused = await run(of, "load");
    expect(refused.run?.report?.files.map(({ outcome }) => outcome).sort()).toEqual(["held back", "refused"]);
    expect(refused.files).toHaveLength(2);
    expect(await of.call("GET", "/api/studies/s")).toMatchObject({ prompts: 0, systems: 0 });
    expect((await run(of, "load", true)).files).toEqual([]);
  });

  it("amend a study that is open, for a reason, and wait on without one", async () => {
    const of = await uploading(kind);
    const rows = (text: string, prompts: readonly string[]) =>
      prompts.map((prompt) => `{"prompt":"${prompt}","output":"${text}"}\n`).join("");
    const both = async (prompts: readonly string[]) => {
      for (const system of ["a", "b"]) await put(of, `${system}.jsonl`, rows(system, prompts));
    };
    await both(["p"]);
    await run(of, "load");
    await of.call("POST", "/api/studies/s/state", { state: "open" });
    await both(["p", "q"]);
    const checked = await run(of, "check");
    const added = { revision: 2, added: { judgments: 1, comparisons: 1 } };
    expect(checked.run?.report).toMatchObject({ done: true, amendment: added });
    const without = await run(of, "load");
    expect(without.run?.report).toMatchObject({
      done: false,
      errors: { listed: [{ name: "ReasonMissing" }] },
    });
    expect(without.files).toHaveLength(2);
    const loaded = await run(of, "load", false, "too few");
    expect([loaded.files, loaded.run?.report?.amendment?.done]).toEqual([[], true]);
    expect(await of.call("GET", "/api/studies/s/amendments")).toMatchObject([
      { revision: 1 },
      { revision: 2, reason: "too few", changes: [{ kind: "material", prompts: 1 }] },
    ]);
  });

  it("are kept under names of the server, one for each name, and deleted on request or after a week", async () => {
    const of = await uploading(kind);
    await put(of, "../../escape.jsonl", `{"prompt":"p","output":"x"}\n`);
    await put(of, "../../escape.jsonl", `{"prompt":"p","output":"longer"}\n`);
    const { files } = await of.call<Uploads>("GET", URL_OF);
    expect(files.map(({ name }) => name)).toEqual(["../../escape.jsonl"]);
    expect(fs.readdirSync(path.dirname(of.folder))).toEqual(["waiting"]);
    expect(fs.readdirSync(of.folder)).toHaveLength(1);
    await of.call("POST", `${URL_OF}/remove`, { files: files.map(({ id }) => id) });
    expect(fs.readdirSync(of.folder)).toEqual([]);
  });

  it("stay where their study cannot be deleted now, and where one was replaced while it was loaded", async () => {
    const of = await uploading(kind);
    await put(of, "a.jsonl", `{"prompt":"p","output":"x"}\n`);
    const { studyId, files } = await waitingFiles(of.context, "s");
    const load = {
      study_id: studyId,
      file_name: "b",
      content_hash: "",
      state: "running",
      report: null,
    } as const;
    const at = of.context.clock().toISOString();
    await of.context.database.transact(({ db }) =>
      db
        .insertInto("load")
        .values({ ...load, started_at: at, heartbeat_at: at })
        .execute(),
    );
    const busy = await of.app.inject({
      ...{ method: "DELETE", url: "/api/studies/s", headers: of.headers, payload: { name: "s" } },
    });
    expect(busy.json()).toMatchObject({ error: "StudyBusy" });
    expect([(await of.call<Uploads>("GET", URL_OF)).files[0]?.leftOut, fs.readdirSync(of.folder)]).toEqual([
      ...[null, files.map(({ key }) => key)],
    ]);
    await put(of, "a.jsonl", `{"prompt":"p","output":"longer"}\n`);
    const loaded = files.map(({ key }) => key);
    expect(await forgetFiles(of.context, studyId, loaded)).toEqual([]);
    expect((await of.call<Uploads>("GET", URL_OF)).files).toMatchObject([{ name: "a.jsonl", leftOut: null }]);
  });

  it("are refused where they are too large, of nobody's study, or from somebody who is not signed in", async () => {
    const of = await uploading(kind, 1000);
    const large = await put(of, "a.jsonl", "x".repeat(1001));
    expect([large.statusCode, large.json<{ detail: string }>().detail]).toEqual([
      409,
      expect.stringContaining("--upload-limit"),
    ]);
    const url = `${URL_OF}?name=a`;
    const unsigned = await of.app.inject({ method: "POST", url, headers: HOST, payload: "x" });
    expect(unsigned.statusCode).toBe(401);
    const elsewhere = await of.app.inject({
      ...{ method: "POST", url: "/api/studies/none/uploads?name=a", headers: of.headers, payload: "x" },
    });
    expect(elsewhere.statusCode).toBe(404);
    expect(fs.existsSync(of.folder) ? fs.readdirSync(of.folder) : []).toEqual([]);
  });

  it("are unpacked by the readers: an archive shows what its files hold, and a compressed file its columns", async () => {
    const of = await uploading(kind);
    await put(of, "packed.csv.gz", zlib.gzipSync("prompt,output\np,x\nq,y\n"));
    const { files } = await of.call<Uploads>("GET", URL_OF);
    expect(files[0]).toMatchObject({ systems: ["packed"], holds: ["outputs"], isNamedByFile: true });
    await put(of, "cut.zip", zipOf({ "a.jsonl": '{"prompt":"p","output":"x"}' }).subarray(0, 60));
    const cut = (await of.call<Uploads>("GET", URL_OF)).files.find(({ name }) => name === "cut.zip");
    expect(cut).toMatchObject({ leftOut: null, problem: { name: "FileDamaged" } });
    expect(cut?.problem?.message).toContain("cut off");
  });
});
