import { describe, expect, it } from "vitest";
import { durationOf } from "../../../server/entry/duration.ts";
import { createStudy } from "../../../server/studies/study.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { openStudy } from "../../support/study.ts";
import { judgeSome } from "../participants/participants-support.ts";

describe.each(DATABASES)("how long a pair takes, on %s", (kind) => {
  it("the time of a pair is estimated from the texts, and measured once five people have judged five", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openStudy(context, { prompts: 12, baselines: 5, annotators: 5 });
    const duration = () => context.database.read((reader) => durationOf(reader, 1));
    // “prompt 0 turn 1”, and twice “answer of b0 to 0 turn 1”: 18 words at 238 per minute, and ten seconds
    const estimated = { isMeasured: false, minutes: expect.closeTo(18 / 238 + 1 / 6, 6) as number };
    for (const token of tokens.slice(1)) await judgeSome(desk, token, 5);
    await judgeSome(desk, tokens[0]!, 4);
    expect(await duration()).toEqual(estimated);
    await judgeSome(desk, tokens[0]!, 1);
    expect(await duration()).toEqual({ isMeasured: true, minutes: 1 / 60 });
  });

  it("there is no time without texts", async () => {
    const context = await testContext(kind);
    await createStudy(context, { name: "empty" });
    expect(await context.database.read((reader) => durationOf(reader, 1))).toBeNull();
  });
});
