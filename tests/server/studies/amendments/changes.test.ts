import { describe, expect, it } from "vitest";
import type { Protocol, ProtocolGroup } from "../../../../server/contract/studies.ts";
import { changesBetween } from "../../../../server/studies/amendments/changes.ts";
import { DEFAULT_GROUP, defaultProtocol } from "../../../../server/studies/default-protocol.ts";

const BEFORE = defaultProtocol({ target: "t", baselines: ["b"] });
const { en } = BEFORE.wording;
const group = (change: Partial<ProtocolGroup>): Partial<Protocol> => ({
  groups: [{ ...DEFAULT_GROUP, ...change }],
});
const wanted = { judgments: 1, sharedJudgments: 1, judgmentsPerAnnotator: null };

describe("an amendment", () => {
  it.each<[string, Partial<Protocol>, object[]]>([
    ["nothing", {}, []],
    ["baselines", { pairs: { target: "t", baselines: ["b", "c"] } }, [{ kind: "baselines", systems: ["c"] }]],
    [
      "more judgments",
      group({ judgments: 3 }),
      [
        {
          kind: "judgments",
          group: "crowd",
          from: wanted,
          to: { ...wanted, judgments: 3, sharedJudgments: 3 },
        },
      ],
    ],
    ["the number for shared prompts, where there are none", group({ sharedJudgments: 3 }), []],
    [
      "another maximum",
      group({ judgmentsPerAnnotator: 9 }),
      [{ kind: "judgments", to: { judgmentsPerAnnotator: 9 } }],
    ],
    [
      "a group",
      { groups: [DEFAULT_GROUP, { ...DEFAULT_GROUP, name: "experts" }] },
      [{ kind: "group", group: "experts", wanted }],
    ],
    [
      "another question",
      { wording: { en: { ...en!, question: "Which is more helpful?" } } },
      [{ kind: "wording", languages: ["en"] }],
    ],
    ["another language", { wording: { en: en!, de: en! } }, [{ kind: "wording", languages: ["de"] }]],
    [
      "settings",
      { contact: "me", recruitment: "friends" },
      [{ kind: "settings", names: ["recruitment", "contact"] }],
    ],
  ])("can change %s", (_, change, changes) => {
    const planned = changesBetween(BEFORE, { ...BEFORE, ...change });
    expect(planned).toMatchObject({ changes, refused: [] });
    expect(planned.changes).toHaveLength(changes.length);
  });

  it.each<[string, Partial<Protocol>, RegExp]>([
    ["the target", { pairs: { target: "b", baselines: ["t"] } }, /same target/],
    ["all pairs", { pairs: "all" }, /same target/],
    ["a baseline that goes", { pairs: { target: "t", baselines: ["c"] } }, /b was compared/],
    ["fewer judgments", group({ judgments: 0 }), /fewer judgments/],
    ["a kind of group", group({ kind: "author" }), /only the numbers/],
    ["a group that goes", { groups: [{ ...DEFAULT_GROUP, name: "experts" }] }, /crowd has been asked/],
    ["the choices", { wording: { en: { ...en!, both_bad: "Both are bad" } } }, /choices stay/],
    ["a language that goes", { wording: { de: en! } }, /“en” now/],
    ["the analysis", { analysis: { ...BEFORE.analysis, test: "signTest" } }, /declared before/],
    ["the turns", { turns: "each" }, /turns: .*not be compared/],
    ["the comments", { comment: "required" }, /comment/],
    ["what was promised", { erasedJudgments: "kept" }, /promised/],
  ])("cannot change %s", (_, change, why) => {
    expect(changesBetween(BEFORE, { ...BEFORE, ...change }).refused.join("\n")).toMatch(why);
  });
});
