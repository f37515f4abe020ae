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

it("--margin declares what is as good as even, keeps what else is declared, and takes it back", () => {
  const declared = { ...DEFAULT_ANALYSIS, test: "permutationTest" } as const;
  const standing = { wording: {}, analysis: declared };
  const withMargin = { ...declared, margin: 0.05 };
  expect(protocolFrom({ margin: "0.05" }, standing).analysis).toEqual(withMargin);
  expect(protocolFrom({ concludeAbout: "these" }, { wording: {}, analysis: withMargin }).analysis).toEqual(
    withMargin,
  );
  const off = protocolFrom({ margin: "off" }, { wording: {}, analysis: withMargin }).analysis;
  expect(JSON.stringify(off)).toBe(JSON.stringify(declared));
  expect(() => protocolFrom({ margin: "0.6" })).toThrow("analysis.margin: must be above 0 and below 0.5");
  expect(() => protocolFrom({ margin: "five" })).toThrow("--margin: “five” is not a number such as 0.05.");
});

it("--looks declares looks and how they spend the error, and takes them back", () => {
  const looks = (at: number[], spending: "obrienFleming" | "pocock") => ({
    ...DEFAULT_ANALYSIS,
    looks: { at, spending },
  });
  expect(protocolFrom({ looks: "0.5" }).analysis).toEqual(looks([0.5], "obrienFleming"));
  expect(protocolFrom({ looks: ".33, .67", spending: "pocock" }).analysis).toEqual(
    looks([0.33, 0.67], "pocock"),
  );
  const standing = { wording: {}, analysis: looks([0.5], "pocock") };
  expect(protocolFrom({ looks: "0.6" }, standing).analysis).toEqual(looks([0.6], "pocock"));
  expect(JSON.stringify(protocolFrom({ looks: "off" }, standing).analysis)).toBe(
    JSON.stringify(DEFAULT_ANALYSIS),
  );
  expect(() => protocolFrom({ looks: "0.7,0.3" })).toThrow("analysis.looks.at: must rise");
  expect(() => protocolFrom({ looks: "0.2,0.3,0.4" })).toThrow("analysis.looks.at");
  expect(() => protocolFrom({ spending: "pocock" })).toThrow("--spending goes with --looks.");
  expect(() => protocolFrom({ looks: "0.5", spending: "even" })).toThrow("is not obrien-fleming or pocock");
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
