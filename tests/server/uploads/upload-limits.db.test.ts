import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { buildApp } from "../../../server/app.ts";
import type { Uploads } from "../../../server/contract/uploads.ts";
import { appParts, ownerHeaders } from "../../support/app.ts";
import { cleanUpLater } from "../../support/clean-up.ts";
import { testContext } from "../../support/context.ts";
import { zipOf } from "../loading/packing.ts";

const MIB = 2 ** 20;

async function uploading(free?: () => Promise<number>) {
  const context = await testContext("sqlite");
  const folder = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "limits-")), "waiting");
  const uploads = { folder, bytesMax: 200 * MIB, ...(free && { free }) };
  const app = await buildApp({ ...appParts(context), uploads });
  await app.ready();
  cleanUpLater(async () => {
    await app.close();
    fs.rmSync(path.dirname(folder), { recursive: true });
  });
  const headers = await ownerHeaders(app, context);
  const url = "/api/studies/s/uploads";
  const call = async (method: "GET" | "POST" | "PATCH", at: string, payload?: object) =>
    (await app.inject({ method, url: at, headers, payload })).json<Uploads>();
  await call("POST", "/api/studies", { name: "s" });
  const put = (name: string, payload: Buffer | string) =>
    app.inject({
      ...{ method: "POST", url: `${url}?name=${name}`, payload },
      headers: { ...headers, "content-type": "application/octet-stream" },
    });
  return { context, app, folder, url, call, put, headers };
}

it("stops a file while it comes as soon as the disk is nearly full, and keeps what was there", async () => {
  let looks = 0;
  const of = await uploading(() => Promise.resolve(++looks <= 2 ? 1024 * MIB : 100 * MIB));
  expect((await of.put("small.jsonl", `{"prompt":"p","output":"x"}\n`)).statusCode).toBe(200);
  const refused = await of.put("large.jsonl", Buffer.alloc(40 * MIB, "x"));
  expect(refused.json()).toMatchObject({
    error: "UploadRefused",
    detail: expect.stringContaining("full") as string,
  });
  expect(looks).toBeGreaterThan(2);
  expect(fs.readdirSync(of.folder)).toHaveLength(1);
});

it("names the faults of every file, whatever archive beside them is damaged, and how a file is read can be chosen", async () => {
  const of = await uploading();
  const zip = zipOf({ "a.jsonl": `{"prompt":"p","output":"x"}\n` });
  await of.put("bad.zip", zip.subarray(0, zip.length - 20));
  await of.put("faulty.jsonl", `{"prompt":"p","output":"x"}\n{"prompt":"q"\n`);
  await of.put("wide.csv", Buffer.from("prompt,ours_response,theirs_response\np\xe4,x,y\n", "latin1"));
  const { files } = await of.call("GET", of.url);
  const idOf = (name: string) => files.find((file) => file.name === name)!.id;
  const wrong = await of.call("PATCH", of.url, {
    files: [idOf("wide.csv")],
    settings: { recipe: "none-such" },
  });
  expect(wrong).toMatchObject({ error: "UploadSettingWrong" });
  const settings = { format: "wide", encoding: "windows-1252" };
  await of.call("PATCH", of.url, { files: [idOf("wide.csv")], settings });
  await of.call("POST", `${of.url}/run`, { what: "check" });
  await expect.poll(async () => (await of.call("GET", of.url)).run?.state, { timeout: 60_000 }).toBe("done");
  const { run } = await of.call("GET", of.url);
  const outcomes = run!.report!.files.map(({ file, outcome }) => `${file} ${outcome}`);
  expect(outcomes.sort()).toEqual(["bad.zip refused", "faulty.jsonl refused", "wide.csv would publish"]);
  expect(run!.report!.errors.listed.map(({ file }) => file).sort()).toEqual(["bad.zip", "faulty.jsonl"]);
});

it("gives a name of a study once, to whoever of several is first", async () => {
  const of = await uploading();
  const made = await Promise.all(
    [1, 2, 3, 4].map(() =>
      of.app.inject({ method: "POST", url: "/api/studies", headers: of.headers, payload: { name: "one" } }),
    ),
  );
  expect(made.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409, 409]);
});
