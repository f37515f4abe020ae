import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { buildApp } from "../../../server/app.ts";
import { packsInThread } from "../../../server/export/pack-writer.ts";
import { membersOf } from "../../../server/loading/reading/archives.ts";
import { createStudy } from "../../../server/studies/study.ts";
import { appParts, ownerHeaders } from "../../support/app.ts";
import { cleanUpLater } from "../../support/clean-up.ts";
import { testContext } from "../../support/context.ts";
import { newPath } from "./export-support.ts";

const order = (study: string) => {
  const folder = newPath("archive");
  fs.mkdirSync(folder);
  return { study, file: `${folder}/pack`, withMessages: false, withNotes: false };
};
const awaited = new AbortController().signal;

it("writes packs in threads, refuses by name, and writes the next one all the same", async () => {
  const context = await testContext("sqlite");
  await createStudy(context, { name: "s", target: "ours", baselines: ["theirs"] });
  const write = packsInThread({ url: context.url });
  const [good, first, second] = [order("s"), order("s"), order("s")];
  const [stopped, left] = [new AbortController(), new AbortController()];
  const all = Promise.allSettled([
    write(first, stopped.signal),
    write(order("none"), awaited),
    write(good, awaited),
    write(second, left.signal),
    write(order("s"), awaited), // one is being written and three wait
  ]);
  left.abort(new Error("left"));
  await Promise.resolve(); // the first one has begun
  stopped.abort(new Error("stopped"));
  const [one, refused, , three, five] = await all;
  expect([one, three, five]).toMatchObject([
    ...["stopped", "left"].map((message) => ({ reason: { message } })),
    { reason: { name: "PacksBusy", status: 429 } },
  ]);
  expect([first, second].map(({ file }) => fs.existsSync(file))).toEqual([false, false]);
  expect(refused).toMatchObject({ reason: { name: "StudyNotFound", status: 404 } });
  expect((await membersOf(good.file)).map(({ name }) => name)).toContain("replication-pack/SHA256SUMS");
  await write(order("s"), awaited); // there is room again
});

it("stops over HTTP when nobody waits any more, and leaves no file behind, nor those of a killed process", async () => {
  const context = await testContext("sqlite");
  await createStudy(context, { name: "s", target: "ours", baselines: ["theirs"] });
  const ownName = (pid: number) => `tiebreak-export-${os.hostname().replace(/[^\w.]/g, "_")}-${pid}-`;
  const [dead, other] = [2 ** 30, process.ppid].map((pid) =>
    fs.mkdtempSync(path.join(os.tmpdir(), ownName(pid))),
  );
  let gone: AbortSignal | undefined;
  let begun: (folder: string) => void = () => undefined;
  const asked = new Promise<string>((resolve) => (begun = resolve));
  const app = await buildApp({
    ...appParts(context),
    packs: (given, signal) => {
      gone = signal;
      begun(path.dirname(given.file));
      return new Promise((_, reject) =>
        signal.addEventListener("abort", () => reject(signal.reason as Error)),
      );
    },
  });
  cleanUpLater(() => app.close());
  const origin = await app.listen({ host: "127.0.0.1", port: 0 });
  expect([dead, other].map((folder) => fs.existsSync(folder!))).toEqual([false, true]);
  fs.rmSync(other!, { recursive: true });
  const headers = await ownerHeaders(app, context);
  const asking = http.get(`${origin}/api/studies/s/pack`, { headers });
  const refused = new Promise((_, reject) => asking.on("response", () => reject(new Error("answered"))));
  const left = new Promise((resolve) => asking.on("error", resolve));
  const folder = (await Promise.race([asked, refused])) as string;
  expect([gone?.aborted, fs.existsSync(folder)]).toEqual([false, true]);
  asking.destroy();
  await left;
  await expect.poll(() => [gone?.aborted, fs.existsSync(folder)]).toEqual([true, false]);
});
