import { newToken } from "../../context.ts";
import { type KnownPrompt, noteFound, type Scope } from "./scope.ts";
import type { JudgmentClaim } from "./prepare.ts";
import { type Located, storeComparisons } from "./comparisons.ts";
import {
  findBySource,
  insertAssignments,
  insertJudgments,
  lastPresentations,
  requestKeyOf,
  type StoredJudgment,
} from "./judgment-rows.ts";
import { UNNAMED } from "../reading/records.ts";
import type { Standing } from "./responses.ts";
import { seatUnnamed, UNSEATED } from "./unnamed.ts";
import { annotatorKey, DEFAULT_GROUP, type Group, storeAnnotators, storeGroup } from "./annotators.ts";

/** A judgment whose comparison and annotator are known. */
export type Placed = Located<{ readonly claim: JudgmentClaim; readonly group: Group }> & {
  readonly annotator: string;
  readonly annotatorId: number;
};

/**
 * Finds or makes what judgments belong to: groups, annotators and comparisons.
 * @param prompts what the claims' prompts came to
 * @param standing for each response claim what its text is: a judgment of a refused text is left out, and one of an earlier text is in
 *   no figure, as those of it that are there
 */
export async function placeJudgments(
  scope: Scope,
  claims: readonly JudgmentClaim[],
  given: { prompts: readonly (KnownPrompt | null)[]; standing: readonly Standing[] },
): Promise<Placed[]> {
  if (claims.length === 0) return [];
  scope.outcome.judgments.read += claims.length;
  const whole = claims.flatMap((claim) => {
    const texts = claim.texts.map((text) => given.standing[text]);
    if (!given.prompts[claim.prompt] || texts.includes("refused")) return [];
    return texts.includes("earlier") ? [ofEarlierText(claim)] : [claim];
  });
  const grouped = await withGroups(scope, whole);
  const refs = grouped.flatMap(({ claim, group }) => {
    const name = claim.record.annotator;
    return name === UNNAMED ? [] : [{ group, name }];
  });
  const unclear = await storeAnnotators(scope, refs);
  const compared = await storeComparisons(scope, grouped, given.prompts);
  const placed = compared.flatMap((one): Placed[] => {
    const name = one.claim.record.annotator;
    if (name === UNNAMED) return [{ ...one, annotator: "", annotatorId: UNSEATED }];
    const annotator = annotatorKey({ group: one.group, name });
    const annotatorId = scope.known.annotator.get(annotator)?.id;
    if (annotatorId !== undefined) return [{ ...one, annotator, annotatorId }];
    if (unclear.has(annotator)) refuseName(scope, one.claim);
    return [];
  });
  for (const { claim, annotatorId } of placed) {
    const calls = claim.record.modelCalls;
    if (calls != null && annotatorId !== UNSEATED) scope.outcome.modelCalls.set(annotatorId, calls);
  }
  return placed;
}

const ofEarlierText = ({ record, ...claim }: JudgmentClaim): JudgmentClaim => ({
  ...claim,
  record: { ...record, outside: record.outside ?? "corrected" },
});

/** Rows that are inserted together, so that little of each is in memory. */
const ROWS_AT_ONCE = 2048;

/**
 * Keeps the judgments that are new, each as an assignment that was judged at once. All of a transaction together and
 * annotator by annotator, since most indexes begin with the annotator; each one's in the file's order, which decides what
 * counts where judgments have no time.
 */
export async function storeJudgments(scope: Scope, inFileOrder: readonly Placed[]): Promise<void> {
  const fresh = await leaveOutKnown(scope, inFileOrder);
  const placed = (await seatUnnamed(scope, fresh)).sort((one, other) => one.annotatorId - other.annotatorId);
  for (let start = 0; start < placed.length; start += ROWS_AT_ONCE)
    await insertNew(scope, placed.slice(start, start + ROWS_AT_ONCE));
}

async function withGroups(scope: Scope, claims: readonly JudgmentClaim[]) {
  const kept: { claim: JudgmentClaim; group: Group }[] = [];
  for (const claim of claims) {
    const wanted = claim.record.group;
    const group = await storeGroup(scope, {
      ...(wanted ?? { name: DEFAULT_GROUP.name, kind: null }),
      headline: claim.record.headline ?? null,
    });
    const fault = faultOfGroup(claim, group);
    if (fault === null) kept.push({ claim, group });
    else scope.outcome.errors.push({ row: claim.row, ...fault });
  }
  return kept;
}

/** Why a judgment cannot be of this group; null where it can. A model has a name: votes without one are people's. */
function faultOfGroup(
  { record }: JudgmentClaim,
  { name, kind }: Group,
): { name: string; message: string } | null {
  const wanted = record.group;
  if (wanted && wanted.kind !== null && kind !== wanted.kind) {
    const message = `The group ${name} exists as ${kind}, not as ${wanted.kind}. Name another group, or ${name}:${kind}.`;
    return { name: "GroupKindConflict", message };
  }
  if (record.annotator !== UNNAMED || kind !== "model") return null;
  const message = `The group ${name} is one of models, and no model is named. Name it with --annotator NAME.`;
  return { name: "AnnotatorMissing", message };
}

function refuseName(scope: Scope, claim: JudgmentClaim): void {
  const message = `The annotator “${claim.record.annotator}” has the same name as one in another group. Use another name.`;
  scope.outcome.errors.push({ row: claim.row, name: "AnnotatorUnclear", message });
}

/** Leaves out judgments that were loaded before, here or in an earlier file. */
async function leaveOutKnown(scope: Scope, placed: readonly Placed[]): Promise<Placed[]> {
  const keys = [...new Set(placed.map((one) => one.claim.sourceKey))];
  const known = new Map((await findBySource(scope, keys)).map((row) => [row.sourceKey, row]));
  return placed.filter((one) => {
    const { sourceKey } = one.claim;
    const there = known.get(sourceKey);
    if (!there) {
      known.set(sourceKey, { ...storedForm(one), loadId: scope.loadId });
      return true;
    }
    if (isSame(there, one)) {
      scope.outcome.judgments.unchanged++;
      noteFound(scope, there.loadId);
      warnOfOthers(scope, there, one);
    } else refuseOther(scope, one);
    return false;
  });
}

const storedForm = ({
  claim,
  comparisonId,
  annotatorId,
  leftId,
}: Placed): Omit<StoredJudgment, "loadId"> => ({
  sourceKey: claim.sourceKey,
  comparisonId,
  annotatorId,
  isUnnamed: annotatorId === UNSEATED,
  leftSystemId: leftId,
  choice: claim.record.choice,
  rationale: claim.record.rationale,
  metadata: JSON.stringify(claim.record.metadata),
});

/** A judgment is kept with the columns that it first came with. */
function warnOfOthers(scope: Scope, there: StoredJudgment, one: Placed): void {
  const here = storedForm(one);
  if (here.rationale === null && here.metadata === "{}") return;
  if (there.rationale === here.rationale && there.metadata === here.metadata) return;
  const message =
    "The judgment is there already, with another rationale or other columns: those of this row are not kept.";
  scope.outcome.warnings.push({ row: one.claim.row, name: "OtherColumnsNotKept", message });
}

function isSame(there: StoredJudgment, one: Placed): boolean {
  const here = storedForm(one);
  return (
    there.comparisonId === here.comparisonId &&
    (one.annotatorId === UNSEATED ? there.isUnnamed : there.annotatorId === here.annotatorId) &&
    there.leftSystemId === here.leftSystemId &&
    there.choice === here.choice
  );
}

function refuseOther(scope: Scope, { claim }: Placed): void {
  const { judgmentId } = claim.record;
  const message =
    judgmentId === null
      ? "This row of the same file was loaded before and read as something else. Load it with the same fields as before."
      : `The judgment id “${judgmentId}” occurs with two different judgments. If that column is not the judgment's id, ignore it with “judgment_id=”.`;
  scope.outcome.errors.push({ row: claim.row, name: "JudgmentConflict", message });
}

async function insertNew(scope: Scope, placed: readonly Placed[]): Promise<void> {
  const pairs = new Map(placed.map((one) => [pairOf(one), one]));
  const last = new Map(
    (await lastPresentations(scope, [...pairs.values()])).map((row) => [pairOf(row), row.last]),
  );
  const assignments = placed.map((one) => {
    const presentation = (last.get(pairOf(one)) ?? -1) + 1;
    last.set(pairOf(one), presentation);
    return assignmentOf(scope, one, presentation);
  });
  const ids = await insertAssignments(scope, assignments);
  const judgments = placed.map(({ claim, annotatorId }, i) => ({
    assignmentId: ids.get(claim.sourceKey) ?? 0,
    annotatorId,
    choice: claim.record.choice,
    strength: claim.record.strength ?? null,
    rationale: claim.record.rationale,
    language: claim.record.language ?? null,
    activeMs: claim.record.activeMs ?? null,
    requestKey: requestKeyOf(assignments[i]?.ordinal ?? 0),
    judgedAt: claim.record.createdAt,
    metadata: JSON.stringify(claim.record.metadata),
  }));
  await insertJudgments(scope, judgments);
  scope.outcome.judgments.new += placed.length;
  for (const { claim, annotatorId } of placed) {
    const rule = claim.record.annotator === UNNAMED ? null : claim.record.excludedBy;
    if (rule != null) scope.outcome.excluded.set(annotatorId, rule);
  }
}

const pairOf = (one: { annotatorId: number; comparisonId: number }) =>
  `${one.annotatorId}:${one.comparisonId}`;

/** The number is provisional: what counts is settled when the whole file is in. */
function assignmentOf(scope: Scope, one: Placed, presentation: number) {
  const annotator = scope.known.annotator.get(one.annotator);
  const ordinal = (annotator?.ordinal ?? 0) + 1;
  scope.known.annotator.set(one.annotator, { id: one.annotatorId, ordinal });
  return {
    token: `${scope.at} ${newToken(scope.context, 16)}`, // in order of time: rows that come together stand together
    comparisonId: one.comparisonId,
    promptId: one.promptId,
    groupId: one.group.id,
    annotatorId: one.annotatorId,
    purpose: one.claim.record.outside ?? (presentation === 0 ? ("main" as const) : ("repeat" as const)),
    presentation,
    leftId: one.leftId,
    rightId: one.rightId,
    sideKnown: one.claim.record.sideKnown ? 1 : 0,
    ordinal,
    origin: one.claim.record.origin ?? scope.origin,
    sourceKey: one.claim.sourceKey,
    judgedAt: one.claim.record.createdAt ?? scope.at,
  };
}
