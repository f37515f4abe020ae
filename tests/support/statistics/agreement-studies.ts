import type { GroupKind } from "../../../server/contract/words.ts";
import { NO_RE_PRESENTATIONS } from "../../../server/analysis/rows/re-presentations.ts";
import { CHOICES, type JudgmentRows, ORIGINS } from "../../../server/analysis/rows/judgment-columns.ts";
import type { PairsWanted } from "../../../server/analysis/rows/study-structure.ts";
import type { StudyData } from "../../../server/analysis/rows/study-data.ts";
import { DEFAULT_ANALYSIS } from "../../../server/studies/default-protocol.ts";

/** A judgment by names; `choice` is the preferred system, or null for a tie. */
export interface Said {
  readonly prompt: string;
  readonly systems: readonly [string, string];
  readonly annotator: string;
  readonly group: string;
  readonly prefers: string | null;
  readonly turn?: number;
  readonly rebuilt?: boolean;
}

export interface GivenGroup {
  readonly name: string;
  readonly kind: GroupKind;
  readonly headline?: boolean;
}

const CROWD: readonly GivenGroup[] = [{ name: "crowd", kind: "crowd" }];

/** What the report would read from a database that has these judgments, in canonical order. */
export function studyOf(
  said: readonly Said[],
  { groups = CROWD, pairs = "all" }: { groups?: readonly GivenGroup[]; pairs?: PairsWanted } = {},
): StudyData {
  const codes = (names: readonly string[]) => new Map([...new Set(names)].sort().map((name, i) => [name, i]));
  const prompts = codes(said.map(({ prompt }) => prompt));
  const systems = codes(said.flatMap(({ systems }) => systems));
  const annotators = codes(said.map(({ annotator }) => annotator));
  const groupOf = new Map(said.map(({ annotator, group }) => [annotator, group]));
  const groupCode = (name: string) => groups.findIndex((group) => group.name === name);
  const rows = said.map((one, i) => {
    const [a, b] = one.systems.map((name) => systems.get(name)!) as [number, number];
    const choice =
      one.prefers === null ? (i % 2 ? "tie" : "both_bad") : one.prefers === one.systems[0] ? "left" : "right";
    return {
      ...{ prompt: prompts.get(one.prompt)!, turn: one.turn ?? 1, low: Math.min(a, b), high: Math.max(a, b) },
      ...{ annotator: annotators.get(one.annotator)!, group: groupCode(one.group), left: a },
      ...{
        choice: CHOICES.indexOf(choice),
        origin: ORIGINS.indexOf(one.rebuilt ? "reconstructed" : "loaded"),
      },
    };
  });
  rows.sort(
    (x, y) =>
      x.low - y.low || x.high - y.high || x.prompt - y.prompt || x.turn - y.turn || x.annotator - y.annotator,
  );
  const column = (name: keyof (typeof rows)[number]) => Int32Array.from(rows, (row) => row[name]);
  const narrow = (name: "choice" | "origin") => Uint8Array.from(rows, (row) => row[name]);
  const judgmentRows: JudgmentRows = {
    ...{ count: rows.length, prompt: column("prompt"), turn: column("turn"), low: column("low") },
    ...{ high: column("high"), annotator: column("annotator"), group: column("group"), left: column("left") },
    ...{ choice: narrow("choice"), origin: narrow("origin"), sideKnown: new Uint8Array(rows.length).fill(1) },
    ...{ activeMs: new Int32Array(rows.length).fill(-1), at: new Float64Array(rows.length) },
    unnamed: new Uint8Array(rows.length),
  };
  return {
    facts: {
      study: { seed: "seed" },
      systems: [...systems.keys()].map((name) => ({ name, label: name, published: true })),
      groups: groups.map(({ headline = true, ...group }) => ({ ...group, headline, published: true })),
      pairs,
      declared: { analysis: DEFAULT_ANALYSIS, hash: null },
    } as unknown as StudyData["facts"],
    annotators: [...annotators.keys()].map((name, id) => ({
      ...{ id, name, group: groupCode(groupOf.get(name)!), isUnnamed: false, excludedBy: null },
    })),
    prompts: [...prompts.keys()].map((name, id) => ({ id, name })),
    rows: judgmentRows,
    excluded: judgmentRows,
    again: NO_RE_PRESENTATIONS,
  } as unknown as StudyData;
}
