import { hash } from "node:crypto";
import type { Consent, Entry } from "../contract/entry.ts";
import type { Protocol } from "../contract/studies.ts";
import { type EntryEnd, type EntryStage, STAGES } from "../contract/words.ts";
import type { Reader } from "../storage/database.ts";
import { statement } from "../storage/statement.ts";
import type { EntryPassageTable } from "../storage/tables/entry.ts";

/** Where an annotator stands before their first pair. */
export type EntryStand =
  | { readonly kind: "passed" }
  | { readonly kind: "at"; readonly stage: EntryStage }
  | { readonly kind: "out"; readonly end: EntryEnd };

type Passage = Pick<EntryPassageTable, "stage" | "version" | "outcome">;

interface Comer {
  readonly group: string;
  /** Whether they came by a shared link. */
  readonly isJoined: boolean;
  /** Pairs that they have judged. */
  readonly judged: number;
}

const PASSED: EntryStand = { kind: "passed" };

/**
 * The stages that somebody goes through, in order: those of their group if the protocol lists them, else all for who came by
 * a shared link and those of `personalLinks` for others. Who has judged a pair is asked for consent only; models for nothing.
 */
export function stagesFor({ entry, groups }: Protocol, { group, isJoined, judged }: Comer): EntryStage[] {
  if (entry === undefined) return [];
  if (groups.find(({ name }) => name === group)?.kind === "model") return [];
  const wanted = entry.groups[group] ?? (isJoined ? STAGES : entry.personalLinks);
  return STAGES.filter(
    (stage) => entry[stage] !== undefined && wanted.includes(stage) && (judged === 0 || stage === "consent"),
  );
}

/** The version of a consent: changes with every change of its texts. @returns 12 hexadecimal digits */
export const consentVersion = (consent: Consent): string =>
  hash("sha256", JSON.stringify([consent.text, consent.statements])).slice(0, 12);

/** Under which version a stage is passed: only a consent has versions, so that only it is asked for again. */
export const versionOf = (stage: EntryStage, { consent }: Entry): string =>
  stage === "consent" && consent !== undefined ? consentVersion(consent) : "";

/** Where somebody stands who goes through `stages` and has passed `passages`. @internal */
export function standAt(
  entry: Entry,
  { stages, passages }: { stages: readonly EntryStage[]; passages: readonly Passage[] },
): EntryStand {
  for (const stage of stages) {
    const version = versionOf(stage, entry);
    const passage = passages.find((one) => one.stage === stage && one.version === version);
    if (passage === undefined) return { kind: "at", stage };
    if (passage.outcome !== "passed") return { kind: "out", end: passage.outcome };
  }
  return PASSED;
}

/** The few stages that one annotator has passed. */
export const selectPassages = statement<{ annotatorId: number }, Passage>((db, param) =>
  db
    .selectFrom("entry_passage")
    .select(["stage", "version", "outcome"])
    .where("annotator_id", "=", param("annotatorId")),
);

/** Where an annotator stands before their first pair; reads nothing where nothing is asked of them. */
export async function entryStandOf(
  tx: Pick<Reader, "run">,
  { annotatorId, protocol, ...comer }: Comer & { annotatorId: number; protocol: Protocol },
): Promise<EntryStand> {
  const stages = stagesFor(protocol, comer);
  if (protocol.entry === undefined || stages.length === 0) return PASSED;
  return standAt(protocol.entry, { stages, passages: await tx.run(selectPassages, { annotatorId }) });
}
