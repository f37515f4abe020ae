import { z } from "zod";
import { type ExclusionRule, exclusionRuleSchema } from "../../contract/watching.ts";
import { ExclusionWrong } from "../../assignments/exclude.ts";

export interface RuleFlags {
  readonly failedChecks?: string;
  readonly fasterThan?: string;
  readonly oneSide?: string;
  /** True: by any rule. */
  readonly reported?: string | true;
}

/** The rule that the options describe; null: none of them was given. @throws ExclusionWrong for two, or one that makes no sense */
export function ruleOf(flags: RuleFlags): ExclusionRule | null {
  const given = [checksOf(flags), speedOf(flags), sideOf(flags), reportOf(flags)].filter(
    (one) => one !== null,
  );
  if (given.length === 0) return null;
  if (given.length > 1)
    throw new ExclusionWrong(
      "Give one rule at a time: --failed-checks, --faster-than, --one-side or --reported.",
    );
  const parsed = exclusionRuleSchema.safeParse(given[0]);
  if (!parsed.success) throw new ExclusionWrong(z.prettifyError(parsed.error));
  return parsed.data;
}

function checksOf({ failedChecks }: RuleFlags) {
  if (failedChecks === undefined) return null;
  const [failed, of] = failedChecks.split("/").map(Number);
  return { kind: "checks", failed, ...(of !== undefined && { of }) };
}

const speedOf = ({ fasterThan }: RuleFlags) =>
  fasterThan === undefined ? null : { kind: "speed", seconds: Number(fasterThan) };

const sideOf = ({ oneSide }: RuleFlags) =>
  oneSide === undefined ? null : { kind: "side", percent: Number(oneSide) };

const reportOf = ({ reported }: RuleFlags) =>
  reported === undefined
    ? null
    : { kind: "report", ...(reported !== true && { rules: reported.split(",") }) };
