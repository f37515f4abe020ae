import { describe, expect, it } from "vitest";
import type { Context } from "../../../server/context.ts";
import { recordJudgment } from "../../../server/judgments/record.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { judgmentOf, openStudy } from "../../support/study.ts";

const rows = (context: Context) =>
  context.database.read(({ db }) =>
    db
      .selectFrom("judgment")
      .select(["revision", "language", "active_ms as activeMs", "metadata"])
      .orderBy("id")
      .execute(),
  );

describe.each(DATABASES)("how a pair was shown, on %s", (kind) => {
  it("is kept with each judgment and each change of it, with the version of the renderer and the time of each look", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openStudy(context, { prompts: 2, baselines: 1, annotators: 1 });
    const { buffer } = await desk.workFor(tokens[0]!, []);
    const phone = { layout: "stacked", device: "phone" } as const;
    const first = { ...judgmentOf(buffer[0]!, "left"), shown: phone, activeMs: 4000 };
    await recordJudgment(desk, tokens[0]!, first);
    await recordJudgment(desk, tokens[0]!, first); // sent again: kept once
    const desktop = { layout: "columns", device: "desktop" } as const;
    const later = { ...judgmentOf(buffer[0]!, "right"), shown: desktop, activeMs: 900, language: "de" };
    await recordJudgment(desk, tokens[0]!, later);
    await recordJudgment(desk, tokens[0]!, judgmentOf(buffer[1]!));
    expect(await rows(context)).toEqual([
      {
        ...{ revision: 1, language: "en", activeMs: 4000 },
        metadata: '{"layout":"stacked","device":"phone","renderer":"test"}',
      },
      {
        ...{ revision: 2, language: "de", activeMs: 900 },
        metadata: '{"layout":"columns","device":"desktop","renderer":"test"}',
      },
      { revision: 1, language: "en", activeMs: 1000, metadata: null },
    ]);
  });
});
