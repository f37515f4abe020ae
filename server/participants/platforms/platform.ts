import type { Parameter } from "../../contract/platforms.ts";
import type { FinishKind } from "../../contract/words.ts";

/** The values of a platform's parameters, of one person. */
export interface Ids {
  readonly participant: string;
  readonly session: string | null;
  readonly study: string | null;
}

/** How one platform leads people here and gets them back: the one shape of all adapters. */
export interface Platform {
  /** As participants know it. */
  readonly name: string;
  /** The parameters of the address by which its people come. */
  readonly parameters: { readonly [Id in keyof Ids]: Parameter | null } & { readonly participant: Parameter };
  /** A participant's id from the value in an address: the same for everything that the platform takes for the same; null: none. */
  readonly participantOf: (value: string) => string | null;
  /** The parameter with the token by which the platform signs an address, and its claim that repeats the ids; null: it signs none. */
  readonly signature: { readonly parameter: string; readonly claim: string } | null;
  /** Where a code leads back, with {code} in it; null: codes are shown, or each finish has an address of its own. */
  readonly wayBack: string | null;
  /** What to set at the platform for each finish. */
  readonly advice: Readonly<Record<FinishKind, string>>;
}
