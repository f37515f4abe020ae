import type { ResponseClaim } from "./prepare.ts";
import { showBoth } from "../remarks.ts";
import {
  findResponses,
  hadText,
  insertResponses,
  type StoredResponse,
  storedResponse,
} from "./response-rows.ts";
import { type KnownPrompt, noteFound, type Scope } from "./scope.ts";
import { storeSystems } from "./systems.ts";
import { isBlank } from "../text.ts";

interface Placed {
  readonly claim: ResponseClaim;
  readonly promptId: number;
  readonly promptName: string;
  readonly systemId: number;
}

/** What a text is to a system's response: the text itself, one that was corrected since, or another one, which is refused. */
export type Standing = "current" | "earlier" | "refused";

/**
 * Keeps the responses that are new; the same text again changes nothing.
 * @param prompts what the claims' prompts came to: a response whose prompt was refused is left out with it
 * @returns for each claim what its text is to the system's response
 */
export async function storeResponses(
  scope: Scope,
  claims: readonly ResponseClaim[],
  prompts: readonly (KnownPrompt | null)[],
): Promise<Standing[]> {
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
  const standing = new Map<ResponseClaim, Standing>();
  const others: Placed[] = [];
  for (const one of placed) {
    if (first.get(keyOf(one)) === one && inserted.has(keyOf(one))) standing.set(one.claim, "current");
    else others.push(one);
  }
  warnOfBlanks(scope, standing.keys());
  await compare(scope, others, standing);
  return claims.map((claim) => standing.get(claim) ?? "refused");
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
async function compare(
  scope: Scope,
  others: readonly Placed[],
  standing: Map<ResponseClaim, Standing>,
): Promise<void> {
  if (others.length === 0) return;
  const stored = new Map((await findResponses(scope, others)).map((row) => [keyOf(row), row]));
  for (const one of others) {
    const there = stored.get(keyOf(one));
    const { hash } = one.claim.text;
    const isCurrent = there?.hash === hash;
    if (!there || (!isCurrent && !(await hadText(scope, { id: there.id, hash })))) {
      await explain(scope, one);
      continue;
    }
    standing.set(one.claim, isCurrent ? "current" : "earlier");
    scope.outcome.responses.unchanged++;
    noteFound(scope, there.loadId);
    if (isCurrent) warnOfOtherColumns(scope, one, there);
    else warnOfEarlierText(scope, one);
  }
}

function warnOfEarlierText(scope: Scope, { claim, promptName }: Placed): void {
  const { row, system } = claim;
  const message = `The output of ${system} for the prompt “${promptName}” was corrected since: the corrected text stays. Judgments of this row's text are kept, and are in no figure but those of corrected texts.`;
  scope.outcome.warnings.push({ row, name: "EarlierText", message });
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
