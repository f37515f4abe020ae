import { describe, expect, it } from "vitest";
import { scopesAtFirst, scopesOffered } from "../../../../../client/pages/researcher/account/token-scopes.ts";
import { memberRoleSchema, RIGHTS_OF, rightsBy } from "../../../../../server/contract/rights.ts";

describe("the scopes of a new token", () => {
  it.each(memberRoleSchema.options)(
    "can all be given by the role %s in the instance, and unchosen",
    (role) => {
      const rights = RIGHTS_OF[role];
      expect(scopesOffered(rights)).toEqual(rights);
      expect(scopesAtFirst(rights)).toEqual(rights.includes("results") ? ["view", "results"] : ["view"]);
    },
  );

  it("are those of roles in studies for whoever has no other", () => {
    expect(scopesOffered([])).toEqual([...rightsBy({ instance: null, study: "owner" })]);
    expect(scopesAtFirst([])).toEqual(["view", "results"]);
  });
});
