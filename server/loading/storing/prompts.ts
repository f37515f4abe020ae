import { isDeepStrictEqual } from "node:util";
import type { PromptClaim } from "./prepare.ts";
import {
  findByHash,
  findByName,
  findMetadata,
  insertPrompts,
  insertTexts,
  storedText,
} from "./prompt-rows.ts";
import { plainTurns } from "../warnings/find-doubles.ts";
import type { NearPrompts } from "../warnings/near-prompts.ts";
import { showBoth } from "../remarks.ts";
import { type KnownPrompt, noteFound, type Scope } from "./scope.ts";
import { idFromText, isBlank, type Text } from "../text.ts";

type Named = Omit<PromptClaim, "name"> & { readonly name: string };

/**
 * Finds or makes the prompts that rows name, by id or else by exact text, and keeps the texts that are new.
 * @returns the prompts in the order of the claims; null where the id stands for another text already
 */
export async function storePrompts(
  scope: Scope,
  claims: readonly PromptClaim[],
): Promise<(KnownPrompt | null)[]> {
  const named = await nameAll(scope, claims);
  await makeMissing(scope, named);
  const fresh = new Map<string, Named & { text: Text }>();
  const unchanged: Named[] = [];
  const conflicts = new Set<Named>();
  for (const claim of named) {
    if (!claim.text) continue;
    if (claim.isFirstOfRow) scope.outcome.prompts.read++;
    const known = knownPrompt(scope, claim.name);
    if (known.hash === null) {
      fresh.set(claim.name, { ...claim, text: claim.text });
      scope.known.promptByName.set(claim.name, { ...known, hash: claim.text.hash, loadId: scope.loadId });
    } else if (known.hash !== claim.text.hash) conflicts.add(claim);
    else if (claim.isFirstOfRow) {
      unchanged.push(claim);
      noteFound(scope, known.loadId);
    }
  }
  scope.outcome.prompts.unchanged += unchanged.length;
  await insertTexts(
    scope,
    [...fresh.values()].map((claim) => ({ ...claim, id: knownPrompt(scope, claim.name).id })),
  );
  scope.outcome.prompts.new += fresh.size;
  warnOfBlanks(scope, [...fresh.values(), ...unchanged]);
  await warnOfOtherColumns(scope, unchanged);
  for (const claim of conflicts) await explain(scope, claim);
  return named.map((claim) => (conflicts.has(claim) ? null : knownPrompt(scope, claim.name)));
}

/** Gives every claim an id: its own, that of the prompt with this text, or one made from the text. */
async function nameAll(scope: Scope, claims: readonly PromptClaim[]): Promise<Named[]> {
  const { known } = scope;
  const hashes = new Set<string>();
  for (const { name, text, goesByText } of claims) {
    if ((name === null || goesByText) && text && !known.promptNameByHash.get(text.hash))
      hashes.add(text.hash);
  }
  for (const found of await findByHash(scope, [...hashes])) {
    known.promptNameByHash.set(found.hash, { name: found.name });
  }
  const inTheseRows = new Map<string, string>();
  return claims.map((given) => {
    const claim = scope.near ? asNear(given, scope.near) : given;
    const { text } = claim;
    const known = claim.name === null || claim.goesByText ? nameOfText(scope, text, inTheseRows) : null;
    const name = known ?? claim.name ?? idFromText(textIn(claim));
    if (text && !inTheseRows.has(text.hash)) inTheseRows.set(text.hash, name);
    scope.near?.add(name, given.text?.turns ?? null);
    return { ...claim, name };
  });
}

/** The claim as one of the prompt that is nearly it, whose text stays. */
function asNear(claim: PromptClaim, near: NearPrompts): PromptClaim {
  const name = near.find(claim.name, claim.text?.turns ?? null);
  if (name === null) return claim;
  const isItsText = claim.text !== null && near.hasText(name, claim.text.turns);
  return { ...claim, name, text: isItsText ? null : claim.text };
}

/** The prompt that has this text already, or null. */
const nameOfText = (
  scope: Scope,
  text: Text | null,
  inTheseRows: ReadonlyMap<string, string>,
): string | null =>
  text && (scope.known.promptNameByHash.get(text.hash)?.name ?? inTheseRows.get(text.hash) ?? null);

function textIn({ text }: PromptClaim): Text {
  if (!text) throw new Error("A claim has neither an id nor a text.");
  return text;
}

/** After this, every name is known. */
async function makeMissing(scope: Scope, named: readonly Named[]): Promise<void> {
  const { promptByName } = scope.known;
  const missing = new Set(named.map((claim) => claim.name).filter((name) => !promptByName.get(name)));
  if (missing.size === 0) return;
  for (const found of await findByName(scope, [...missing])) {
    promptByName.set(found.name, found);
    missing.delete(found.name);
  }
  for (const { id, name } of await insertPrompts(scope, [...missing])) {
    promptByName.set(name, { id, name, hash: null });
  }
}

function knownPrompt(scope: Scope, name: string): KnownPrompt {
  const known = scope.known.promptByName.get(name);
  if (!known) throw new Error("A prompt that was just found or made is not known.");
  return known;
}

function warnOfBlanks(scope: Scope, claims: readonly Named[]): void {
  for (const { row, name, text } of claims) {
    if (!text || !isBlank(text.turns)) continue;
    const what = text.turns.every((turn) => turn === "") ? "is empty" : "has nothing but white space";
    scope.outcome.warnings.push({ row, name: "PromptBlank", message: `The prompt “${name}” ${what}.` });
  }
}

/** A text is kept with the columns that it first came with. */
async function warnOfOtherColumns(scope: Scope, unchanged: readonly Named[]): Promise<void> {
  const withColumns = unchanged.filter(({ metadata }) => metadata !== null && metadata !== "{}");
  const ids = [...new Set(withColumns.map((claim) => knownPrompt(scope, claim.name).id))];
  const stored = new Map((await findMetadata(scope, ids)).map((row) => [row.id, row.metadata]));
  for (const { row, name, metadata } of withColumns) {
    if (stored.get(knownPrompt(scope, name).id) === metadata) continue;
    const message = `The prompt “${name}” was loaded before with other columns besides its text; the columns of this file were not kept.`;
    scope.outcome.warnings.push({ row, name: "OtherColumnsNotKept", message });
  }
}

async function explain(scope: Scope, claim: Named): Promise<void> {
  const { errors } = scope.outcome;
  const name = "PromptConflict";
  const problem = { row: claim.row, name, message: `The prompt “${claim.name}” has another text already.` };
  const stored = scope.explainErrors ? await storedText(scope, knownPrompt(scope, claim.name).id) : undefined;
  if (!stored || !claim.text) return void errors.push(problem);
  const [here, there] = showBoth(claim.text.turns, stored.turns);
  const isNear = isDeepStrictEqual(plainTurns(claim.text.turns), plainTurns(stored.turns));
  const advice = isNear
    ? " They differ only in white space or accents: if they are the same, add --near."
    : "";
  const message = `The prompt “${claim.name}” has two texts: ${here} here, ${there} in ${stored.place}.${advice}`;
  errors.push({ ...problem, message });
}
