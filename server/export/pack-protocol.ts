import type { Reader } from "../storage/database.ts";
import { latestRevision } from "../studies/store.ts";
import type { StudyFacts } from "../analysis/rows/study-structure.ts";

/** What `protocol.json` of a pack holds. */
export interface PackProtocol {
  readonly study: string;
  readonly publicTitle: string;
  readonly state: string;
  readonly seed: string;
  readonly note: string | null;
  readonly revision: number | null;
  /** SHA-256 of the protocol as JSON without spaces, in hex; null: not frozen, since the study was never opened. */
  readonly hash: string | null;
  readonly frozenAt: string | null;
  readonly protocol: Readonly<Record<string, unknown>> | null;
  /** `label`: what the report calls a system. */
  readonly systems: readonly { name: string; label: string }[];
  readonly groups: readonly { name: string; kind: string; headline: boolean }[];
}

/** The protocol in force, and what is needed to read the report beside it. */
export async function packProtocol(reader: Reader, facts: StudyFacts): Promise<PackProtocol> {
  const { study } = facts;
  const row = await latestRevision(reader, study.id);
  return {
    study: study.name,
    publicTitle: study.public_title,
    state: study.state,
    seed: study.seed,
    note: study.note,
    revision: row?.revision ?? null,
    hash: row?.hash ?? null,
    frozenAt: row?.frozen_at ?? null,
    protocol: row ? (JSON.parse(row.body) as Record<string, unknown>) : null,
    systems: facts.systems.map(({ name, label }) => ({ name, label })),
    groups: facts.groups.map(({ name, kind, headline }) => ({ name, kind, headline })),
  };
}

/** What annotators read, in every language of the protocol. */
export function instructionsText({ publicTitle, protocol }: PackProtocol): string {
  const wording = (protocol?.wording ?? {}) as Record<string, Record<string, string | null>>;
  const parts = Object.entries(wording).map(([language, words]) =>
    [
      `## ${language}`,
      ...(words.title == null ? [] : [`**${words.title}**`]),
      words.question ?? "",
      ["left", "tie", "both_bad", "right"]
        .filter((option) => option !== "both_bad" || words[option] !== undefined)
        .map((option) => `- ${option}: ${words[option] ?? ""}`)
        .join("\n"),
      words.guidelines ?? "There were no guidelines besides.",
    ].join("\n\n"),
  );
  const text = parts.length > 0 ? parts.join("\n\n") : "The protocol has no wording.";
  return `# ${publicTitle}\n\n${text}\n`;
}
