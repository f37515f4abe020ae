import fs from "node:fs";
import { describe, expect, it } from "vitest";
import type { Protocol } from "../../../server/contract/studies.ts";
import type { Quality } from "../../../server/contract/quality.ts";
import { DEFAULT_RULES } from "../../../server/quality/default-rules.ts";
import { createStudy } from "../../../server/studies/study.ts";
import { testContext } from "../../support/context.ts";
import { prepare, tiebreakInProcess } from "../../support/in-process.ts";
import { newPath } from "../export/export-support.ts";
import { careless, judgeSome, openWithRules } from "../quality/quality-support.ts";

const yaml = (text: string): string => {
  const file = newPath("yaml");
  fs.writeFileSync(file, text);
  return file;
};

describe("rules on the command line", () => {
  it("are set from a file, shown with how often chance meets them, and removed", async () => {
    const context = await testContext("sqlite");
    await createStudy(context, { name: "s", seed: "seed", target: "t", baselines: ["b"] });
    const env = { DATABASE_URL: context.url };
    const hash = async () =>
      JSON.stringify((await prepareJson<{ protocol: Protocol }>(["study", "show", "s"])).protocol);
    const prepareJson = async <T>(args: string[]) => JSON.parse(await prepare([...args, "--json"], env)) as T;
    const before = await hash();
    expect(await prepare(["study", "rules", "show", "s"], env)).toContain("Nothing is looked at.");
    const file = yaml(
      "rules:\n  - { signal: straight, threshold: 8, after: 8, then: pause, cap: 3 }\nrepeats: { every: 10 }\nminimumTime: { per100Words: 4 }\n",
    );
    const set = await prepare(["study", "rules", "set", "s", file], env);
    expect(set).toContain(
      "8 equal choices in a row, after 8 pairs: pause until a person has looked (at most 3 people)",
    );
    expect(set).toContain("by chance: 22 of 1,000 annotators");
    expect(set).toContain("one pair that was judged before is shown again in every 10");
    expect(set).toContain("a pair can be judged once it has been visible for 4 s per 100 words");
    expect(await prepareJson(["study", "rules", "show", "s"])).toMatchObject({
      ...{ repeats: { every: 10 }, minimumTime: { seconds: 0, per100Words: 4 } },
    });
    expect(await prepareJson(["study", "rules", "set", "s", "default"])).toEqual({ rules: DEFAULT_RULES });
    await prepare(["study", "rules", "set", "s", "none"], env);
    expect(await hash(), "as if there never had been any").toBe(before);
    for (const [wrong, says] of [
      ["rules:\n  - { signal: gold, threshold: 7, after: 1, then: warn }", "from 0.01 to 1"],
      ["rule: []", "rule"],
      ["rules: [", "cannot be read"],
    ] as const) {
      const { code, stderr } = await tiebreakInProcess(["study", "rules", "set", "s", yaml(wrong)], env);
      expect([code, stderr]).toEqual([2, expect.stringContaining(says)]);
    }
    const { stderr } = await tiebreakInProcess(["study", "rules", "set", "s", "nowhere.yaml"], env);
    expect(stderr).toContain("neither default, none nor a file");
  });

  it("lead to a decision of a person, with a reason, that can be undone", async () => {
    const context = await testContext("sqlite");
    const { desk, tokens } = await openWithRules(context, {
      annotators: 1,
      rules: [{ signal: "gold", threshold: 0.6, after: 4, then: "end" }],
    });
    const env = { DATABASE_URL: context.url };
    const review = (...flags: string[]) => prepare(["review", "s", ...flags], env);
    expect(await review()).toContain("Nobody is waiting for you.");
    await judgeSome(desk, tokens[0]!, { choose: careless });
    const waiting = await review();
    expect(waiting).toMatch(/Waiting for you:\n {2}annotator-1 .* gold pairs, an end is proposed/);
    expect(waiting).toContain("0 % of 4 gold pairs answered as expected: paused, an end is proposed");
    expect(await prepare(["study", "show", "s"], env)).toContain(
      "1 annotator waits for you: npx tiebreak review s",
    );
    expect(await review("--annotator", "annotator-1", "--end", "missed them all")).toContain("has ended");
    expect(await review("--annotator", "annotator-1", "--end", "missed them all")).toContain("Nothing to do");
    expect(await review()).toMatch(/Decided:\n.*ended: missed them all/);
    expect(await review("--annotator", "annotator-1", "--go-on")).toContain("annotator-1 goes on.");
    const quality = JSON.parse(await review("--json")) as Quality;
    expect(quality.reviews.map(({ decision }) => decision)).toEqual(["go on", "end"]);
    for (const flags of [["--annotator", "annotator-1"], ["--go-on"], ["--annotator", "x", "--go-on"]]) {
      const { code } = await tiebreakInProcess(["review", "s", ...flags], env);
      expect(code).toBe(2);
    }
    const rules = ["study", "rules", "set", "s", "default"];
    expect((await tiebreakInProcess(rules, env)).stderr).toContain("frozen");
  });
});
