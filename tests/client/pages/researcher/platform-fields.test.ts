import { describe, expect, it } from "vitest";
import {
  fieldsFor,
  firstFields,
  requestOf,
} from "../../../../client/pages/researcher/platform/platform-fields.ts";
import type { PlatformShown } from "../../../../server/contract/platforms.ts";
import { platformRequestSchema } from "../../../../server/contract/platforms.ts";
import { FINISH_KINDS } from "../../../../server/contract/words.ts";

const shown = (changed: Partial<PlatformShown> = {}): PlatformShown => ({
  ...{ group: "crowd", platform: "prolific", name: "Prolific", address: null, parameters: [] },
  finishes: FINISH_KINDS.map((finish) => ({
    ...{ finish, code: `CODE-${finish}`, address: "https://app.example.org/?cc={code}", advice: "" },
  })),
  ...{ minutes: 60, platformStudy: "abc1", isSigned: true, notAfter: ["pilot"], isRecognised: false },
  ...changed,
});
const asked = (fields: ReturnType<typeof firstFields>, of?: PlatformShown) =>
  platformRequestSchema.parse(requestOf(fields, { group: "crowd", shown: of }));

describe("the form of a platform", () => {
  it("asks for nothing but the platform where nothing is typed or changed", () => {
    const nothing = { group: "crowd", platform: "prolific", finishes: {} };
    expect(asked(firstFields(undefined))).toEqual(nothing);
    expect(asked(firstFields(shown()), shown())).toEqual(nothing);
  });

  it("asks for what was changed alone, and takes away what was emptied", () => {
    const first = firstFields(shown());
    const fields = { ...first, minutes: "", platformStudy: " ", notAfter: [], keys: null };
    const codes = { ...first.codes, completed: "DONE", stopped: "" };
    const addresses = { ...first.addresses, stopped: "", ended: "https://a.example.org/{participant}" };
    expect(asked({ ...fields, codes, addresses }, shown())).toEqual({
      ...{
        group: "crowd",
        platform: "prolific",
        minutes: null,
        platformStudy: null,
        keys: null,
        notAfter: [],
      },
      finishes: {
        completed: { code: "DONE" },
        stopped: { address: null },
        ended: { address: "https://a.example.org/{participant}" },
      },
    });
  });

  it("begins anew for another platform, and for a panel by another name", () => {
    const panel = { name: "Pool", participant: { name: "sona_id", placeholder: "%CODE%" }, finishes: {} };
    const pool = shown({ platform: panel });
    expect(fieldsFor("connect", pool)).toMatchObject({ minutes: "", platformStudy: "", notAfter: [] });
    const same = firstFields(pool);
    expect(asked(same, pool)).toEqual({ group: "crowd", platform: panel, finishes: {} });
    const other = asked({ ...same, panel: "Another pool" }, pool);
    expect(other).toMatchObject({ minutes: 60, platformStudy: "abc1", notAfter: ["pilot"] });
    expect(other.finishes.completed).toEqual({
      code: "CODE-completed",
      address: "https://app.example.org/?cc={code}",
    });
  });

  it("refuses a file with keys that is no JSON, in words", () => {
    expect(() => asked({ ...firstFields(undefined), keys: "<html>" })).toThrow("is not JSON");
  });
});
