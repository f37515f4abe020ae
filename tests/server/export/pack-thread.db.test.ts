import fs from "node:fs";
import { expect, it } from "vitest";
import { packsInThread } from "../../../server/export/pack-writer.ts";
import { membersOf } from "../../../server/loading/reading/archives.ts";
import { createStudy } from "../../../server/studies/study.ts";
import { testContext } from "../../support/context.ts";
import { newPath } from "./export-support.ts";

it("writes packs in threads, refuses by name, and writes the next one all the same", async () => {
  const context = await testContext("sqlite");
  await createStudy(context, { name: "s", target: "ours", baselines: ["theirs"] });
  const write = packsInThread({ url: context.url });
  const order = (study: string) => {
    const folder = newPath("archive");
    fs.mkdirSync(folder);
    return { study, file: `${folder}/pack`, withMessages: false, withNotes: false };
  };
  const good = order("s");
  const [refused] = await Promise.allSettled([write(order("none")), write(good)]);
  expect(refused).toMatchObject({ reason: { name: "StudyNotFound", status: 404 } });
  expect((await membersOf(good.file)).map(({ name }) => name)).toContain("replication-pack/SHA256SUMS");
});
