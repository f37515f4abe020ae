import fs from "node:fs";
import http from "node:http";
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

it("has the bytes of the file that it lists, whichever of several of one name came last", async () => {
  const of = await uploading();
  for (let round = 0; round < 10; round++) {
    const texts = [1, 2, 3].map((i) => `{"prompt":"p${round}","output":"${"x".repeat(i * 50_000)}"}\n`);
    await Promise.allSettled(
      texts.flatMap((text, i) => [
        of.put(`a.jsonl&bytes=${text.length}&modified=${i}&from=0`, text),
        of.put(`a.jsonl&bytes=${text.length}&modified=${i}&from=0`, text),
      ]),
    );
    const { files } = await of.call("GET", of.url);
    const sizes = fs.readdirSync(of.folder).map((name) => fs.statSync(path.join(of.folder, name)).size);
    expect(sizes).toEqual(files.map(({ bytes }) => bytes));
  }
});

it("goes on where a file broke off, compares what it sends twice, and takes no other file for its rest", async () => {
  const of = await uploading();
  const origin = await of.app.listen({ host: "127.0.0.1", port: 0 });
  const whole = Buffer.from(`{"prompt":"p","output":"${"x".repeat(300_000)}"}\n`);
  const [FIRST, MODIFIED] = [200_000, 1_700_000_000_000];
  const address = (from: number, modified = MODIFIED) =>
    `${of.url}?name=a.jsonl&bytes=${whole.length}&modified=${modified}&from=${from}`;
  const send = (from: number, payload: Buffer, modified = MODIFIED) =>
    of.app.inject({
      ...{ method: "POST", url: address(from, modified), payload },
      headers: { ...of.headers, "content-type": "application/octet-stream" },
    });
  const broken = http.request(`${origin}${address(0)}`, {
    method: "POST",
    headers: { ...of.headers, "content-type": "application/octet-stream", "content-length": whole.length },
  });
  broken.on("error", () => undefined);
  broken.write(whole.subarray(0, FIRST));
  const arriving = async () => (await of.call("GET", of.url)).arriving;
  const there = { name: "a.jsonl", arrived: FIRST, bytes: whole.length, modified: MODIFIED };
  await expect.poll(arriving).toEqual([there]);
  broken.destroy();

  expect((await of.call("GET", of.url)).files).toEqual([]); // half a file is none
  const other = Buffer.from(whole).fill("y", FIRST - 10);
  expect((await send(FIRST - 100, other.subarray(FIRST - 100))).json()).toMatchObject({
    error: "UploadChanged",
  });
  expect(await arriving()).toEqual([]); // so all of it is sent
  expect((await send(FIRST, whole.subarray(FIRST))).json()).toMatchObject({ error: "UploadChanged" });

  const again = http.request(`${origin}${address(0)}`, {
    method: "POST",
    headers: { ...of.headers, "content-type": "application/octet-stream", "content-length": whole.length },
  });
  again.on("error", () => undefined);
  again.write(whole.subarray(0, FIRST));
  await expect.poll(arriving).toEqual([there]);
  const rest = await send(FIRST - 100, whole.subarray(FIRST - 100)); // while the other request is still open
  expect(rest.json()).toEqual({ name: "a.jsonl", bytes: whole.length });
  const [key] = fs.readdirSync(of.folder);
  expect(fs.readFileSync(path.join(of.folder, key!)).equals(whole)).toBe(true);
  expect(await arriving()).toEqual([]);

  const edited = await send(0, whole, MODIFIED + 1);
  expect([edited.statusCode, fs.readdirSync(of.folder).length]).toEqual([200, 1]);
  const asked = await of.app.inject({
    ...{ method: "POST", url: `${of.url}?name=a.jsonl&from=5`, payload: "x" },
    headers: { ...of.headers, "content-type": "application/octet-stream" },
  });
  expect(asked.statusCode).toBe(400);
});
