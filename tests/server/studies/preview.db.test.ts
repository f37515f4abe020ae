import { expect, it } from "vitest";
import { previewStudy } from "../../../server/studies/preview.ts";
import { testContext } from "../../support/context.ts";
import { openStudy } from "../../support/study.ts";

it("is refused once where texts cannot be rendered, whichever fails first", async () => {
  const context = await testContext("sqlite");
  await openStudy(context, { prompts: 3, baselines: 1, annotators: 0 });
  let calls = 0;
  const render = async () => {
    const turns = ++calls % 3;
    for (let i = 0; i < turns * 5; i++) await new Promise(setImmediate);
    throw new Error("The renderer is closed.");
  };
  // a second refusal that nobody waits for would end the process, and fails this test
  const preview = previewStudy(context, { study: "s", language: "en" }, render);
  await expect(preview).rejects.toThrow("The renderer is closed.");
  for (let i = 0; i < 20; i++) await new Promise(setImmediate);
});
