import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { protocolFrom } from "../../../../server/commands/support/protocol-flags.ts";
import type { Protocol } from "../../../../server/contract/studies.ts";
import { DEFAULT_ANALYSIS } from "../../../../server/studies/default-protocol.ts";
import { DEFAULT_WORDING, withBothBad } from "../../../../server/studies/default-wordings.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-protocol-flags-"));
afterAll(() => fs.rmSync(folder, { recursive: true }));

it("keeps the choice for two bad answers while other flags change the wording, and adds it only with words", () => {
  const analysis = DEFAULT_ANALYSIS;
  const wording = withBothBad({ en: DEFAULT_WORDING });
  const languages = protocolFrom({ language: "en,zh" }, { wording, analysis }).wording ?? {};
  expect(Object.values(languages).map((one) => one.both_bad)).toEqual(["Both are bad", "两者都不好"]);
  const off = protocolFrom({ language: "en", bothBad: false }, { wording, analysis }).wording ?? {};
  expect(off.en).toEqual(DEFAULT_WORDING);
  const french = { fr: { question: "Laquelle ?", left: "A", tie: "=", right: "B", guidelines: null } };
  expect(() => protocolFrom({ bothBad: true }, { wording: french, analysis })).toThrow(
    "--both-bad: there are no words of ours for it in “fr”. Give them as both_bad with --wording.",
  );
});

it("--conclude-about names whom conclusions are about, and leaves the rest of the analysis as it is", () => {
  expect(protocolFrom({ recruitment: "friends" })).not.toHaveProperty("analysis");
  expect(protocolFrom({ concludeAbout: "these" }).analysis).toEqual({
    ...DEFAULT_ANALYSIS,
    test: "permutationTest",
  });
  const declared = { ...DEFAULT_ANALYSIS, estimate: "halfTieRate", test: "signTest" } as const;
  expect(protocolFrom({ concludeAbout: "like-these" }, { wording: {}, analysis: declared }).analysis).toEqual(
    {
      ...declared,
      test: "tTest",
    },
  );
  const file = path.join(folder, "protocol.json");
  fs.writeFileSync(file, JSON.stringify({ analysis: { ...declared, majority: "signOfSum" } }));
  expect(protocolFrom({ protocol: file, concludeAbout: "these" }).analysis).toEqual({
    ...declared,
    ...{ majority: "signOfSum", test: "permutationTest" },
  });
  expect(() => protocolFrom({ concludeAbout: "everybody" })).toThrow(
    "--conclude-about: “everybody” is not like-these or these.",
  );
});

it("without both bad, a comment is needed with the other choices that it was needed with", () => {
  const analysis = DEFAULT_ANALYSIS;
  const wording = withBothBad({ en: DEFAULT_WORDING });
  const without = (comment: Protocol["comment"]) =>
    protocolFrom({ bothBad: false }, { wording, analysis, ...(comment && { comment }) });
  expect(without(["tie", "both_bad"])).toHaveProperty("comment", ["tie"]);
  expect(without(["both_bad"])).toHaveProperty("comment", undefined);
  expect(without("optional")).not.toHaveProperty("comment");
  expect(protocolFrom({ bothBad: false, comments: "both_bad,left" }, { wording, analysis })).toHaveProperty(
    "comment",
    ["left"],
  );
});
