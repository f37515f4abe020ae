import { expect, it } from "vitest";
import { basePathOf, withoutBasePath } from "../../../server/http/base-path.ts";

it.each([
  ["https://example.org", ""],
  ["https://example.org/", ""],
  ["https://example.org/labs/tiebreak", "/labs/tiebreak"],
])("%s stands at %j", (address, basePath) => expect(basePathOf(address)).toBe(basePath));

it.each([
  ["/tiebreak", "/"],
  ["/tiebreak/", "/"],
  ["/tiebreak?x=1", "/?x=1"],
  ["/tiebreak/api/plan?x=1", "/api/plan?x=1"],
  ["/api/plan", "/api/plan"],
  ["/tiebreaks/api", "/tiebreaks/api"],
  ["/", "/"],
])("%s is asked for as %s", (url, within) => expect(withoutBasePath(url, "/tiebreak")).toBe(within));

it("a server at the top of its host takes every address as it is", () => {
  for (const url of ["/", "/desk", "/?x", "//double"]) expect(withoutBasePath(url, "")).toBe(url);
});
