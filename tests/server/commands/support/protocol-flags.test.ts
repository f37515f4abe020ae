import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { protocolFrom } from "../../../../server/commands/support/protocol-flags.ts";
import { DEFAULT_ANALYSIS } from "../../../../server/studies/default-protocol.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-protocol-flags-"));
afterAll(() => fs.rmSync(folder, { recursive: true }));

it("--conclude-about names whom conclusions are about, and leaves the rest of the analysis as it is", () => {
  expect(protocolFrom({ recruitment: "friends" })).not.toHaveProperty("analysis");
  expect(protocolFrom({ concludeAbout: "these" }).analysis).toEqual({
    ...DEFAULT_ANALYSIS,
    test: "permutationTest",
  });
  const declared = { ...DEFAULT_ANALYSIS, estimate: "halfTieRate", test: "signTest" } as const;
  expect(protocolFrom({ concludeAbout: "like-these" }, { wording: {}, analysis: declared }).analysis).toEqual({
    ...declared,
    test: "tTest",
  });
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
