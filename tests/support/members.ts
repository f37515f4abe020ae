import { addAccountIn, grantIn, studyIdIn } from "../../server/accounts/store.ts";
import { createToken } from "../../server/accounts/tokens.ts";
import type { Context } from "../../server/context.ts";
import { type MemberRole, type Right, RIGHTS } from "../../server/contract/rights.ts";
import { bearer } from "./app.ts";

interface Membership {
  readonly name: string;
  /** In the instance. */
  readonly role?: MemberRole | null;
  /** In studies, by their names. */
  readonly studies?: Readonly<Record<string, MemberRole>>;
  /** A PHC string. */
  readonly phc?: string;
}

/** Makes an account with roles, whose address is `NAME@example.org`. @returns its id */
export async function addMember(context: Context, given: Membership): Promise<number> {
  const { name, role = null, studies = {}, phc = "" } = given;
  return context.database.transact(async (tx) => {
    const account = { name, email: `${name.toLowerCase()}@example.org`, phc, role };
    const accountId = await addAccountIn(context, tx, account);
    for (const [study, of] of Object.entries(studies))
      await grantIn(tx, { accountId, studyId: await studyIdIn(tx, study), role: of });
    return accountId;
  });
}

/** The headers of a program with a token of this account, by default with every scope. */
export async function tokenHeaders(
  context: Context,
  accountId: number | null,
  { scopes = RIGHTS, study = null }: { scopes?: readonly Right[]; study?: string | null } = {},
): Promise<Record<string, string>> {
  const { token } = await createToken(context, { name: "test", scopes, study, accountId, rights: null });
  return bearer(token);
}
