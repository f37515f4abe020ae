import type { ResponseClaim } from "./prepare.ts";
import { showBoth } from "../remarks.ts";
import { findResponses, insertResponses, type StoredResponse, storedResponse } from "./response-rows.ts";
import { type KnownPrompt, noteFound, type Scope } from "./scope.ts";
import { storeSystems } from "./systems.ts";
import { isBlank } from "../text.ts";

interface Placed {
  readonly claim: ResponseClaim;
  readonly promptId: number;
  readonly promptName: string;
  readonly systemId: number;
}

/**
 * Keeps the responses that are new; the same text again changes nothing.
 * @param prompts what the claims' prompts came to: a response whose prompt was refused is left out with it
 * @returns for each claim whether this text stands as the system's response
 */
export async function storeResponses(
  scope: Scope,
  claims: readonly ResponseClaim[],
  prompts: readonly (KnownPrompt | null)[],
): Promise<boolean[]> {
  const systems = await storeSystems(
    scope,
    claims.map((claim) => claim.system),
  );
  const placed = claims.flatMap((claim): Placed[] => {
    const prompt = prompts[claim.prompt];
    const systemId = systems.get(claim.system) ?? 0;
    return prompt ? [{ claim, systemId, promptId: prompt.id, promptName: prompt.name }] : [];
  });
  scope.outcome.responses.read += claims.length;
  const first = new Map<string, Placed>();
  for (const one of placed) if (!first.has(keyOf(one))) first.set(keyOf(one), one);
  const inserted = new Set((await insertResponses(scope, [...first.values()].map(rowOf))).map(keyOf));
  scope.outcome.responses.new += inserted.size;
  const standing = new Set<ResponseClaim>();
  const others: Placed[] = [];
  for (const one of placed) {
    if (first.get(keyOf(one)) === one && inserted.has(keyOf(one))) standing.add(one.claim);
    else others.push(one);
  }
  warnOfBlanks(scope, standing);
  await compare(scope, others, standing);
  return claims.map((claim) => standing.has(claim));
}

const keyOf = ({ promptId, systemId }: { promptId: number; systemId: number }) => `${promptId}:${systemId}`;

const rowOf = ({ claim, promptId, systemId }: Placed) => ({
  promptId,
  systemId,
  turns: claim.text.json,
  turnCount: claim.text.turns.length,
  hash: claim.text.hash,
  blank: isBlank(claim.text.turns) ? 1 : 0,
  metadata: claim.metadata ?? "{}",
  row: claim.row,
});

/** Compares the responses of which the database has one already with that one. */
async function compare(scope: Scope, others: readonly Placed[], standing: Set<ResponseClaim>): Promise<void> {
  if (others.length === 0) return;
  const stored = new Map((await findResponses(scope, others)).map((row) => [keyOf(row), row]));
  for (const one of others) {
    const there = stored.get(keyOf(one));
    if (there?.hash !== one.claim.text.hash) await explain(scope, one);
    else {
      standing.add(one.claim);
      scope.outcome.responses.unchanged++;
      noteFound(scope, there.loadId);
      warnOfOtherColumns(scope, one, there);
    }
  }
}

function warnOfBlanks(scope: Scope, standing: Iterable<ResponseClaim>): void {
  for (const { row, system, text } of standing) {
    if (!isBlank(text.turns)) continue;
    const what = text.turns.every((turn) => turn === "") ? "is empty" : "has nothing but white space";
    scope.outcome.warnings.push({ row, name: "OutputBlank", message: `The output of ${system} ${what}.` });
  }
}

function warnOfOtherColumns(scope: Scope, { claim, promptName }: Placed, there: StoredResponse): void {
  const { row, system, metadata } = claim;
  if (metadata === null || metadata === "{}" || metadata === there.metadata) return;
  const message = `The output of ${system} for the prompt “${promptName}” was loaded before with other columns; the columns of this file were not kept.`;
  scope.outcome.warnings.push({ row, name: "OtherColumnsNotKept", message });
}

async function explain(scope: Scope, { claim, promptName, ...place }: Placed): Promise<void> {
  const about = { row: claim.row, name: "ResponseConflict" };
  const start = `${claim.system} has two different outputs for the prompt “${promptName}”`;
  const stored = scope.explainErrors ? await storedResponse(scope, place) : undefined;
  if (!stored) return void scope.outcome.errors.push({ ...about, message: `${start}.` });
  const [here, there] = showBoth(claim.text.turns, stored.turns);
  scope.outcome.errors.push({ ...about, message: `${start}: ${here} here, ${there} in ${stored.place}.` });
}
