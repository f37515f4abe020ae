import type { GroupKind } from "../../../server/contract/words.ts";
import { NO_RE_PRESENTATIONS } from "../../../server/analysis/rows/re-presentations.ts";
import { Codes } from "../../../server/analysis/rows/dense-ids.ts";
import { CHOICES, type JudgmentRows, ORIGINS } from "../../../server/analysis/rows/judgment-columns.ts";
import type { StudyData } from "../../../server/analysis/rows/study-data.ts";
import { DEFAULT_ANALYSIS } from "../../../server/studies/default-protocol.ts";

/** A judgment by the codes of what it is about; handed out by the first group, its side known, unless it says otherwise. */
export interface Told {
  prompt: number;
  left: number;
  right: number;
  annotator: number;
  choice: "left" | "tie" | "right" | "both_bad";
  turn?: number;
  group?: number;
  at?: number;
  sideKnown?: boolean;
  rebuilt?: boolean;
}

export interface ToldStudy {
  judgments: readonly Told[];
  systems: number;
  /** The code of the target, against all others; without one every pair is reported. */
  target?: number;
  groups?: readonly { kind: GroupKind; headline?: boolean }[];
}

/** What a report would have read of a study: systems s0, s1 …, groups g0, g1 …, prompts p0, p1 …, annotators a0, a1 … */
export function judgedData({
  judgments,
  systems,
  target,
  groups = [{ kind: "crowd" }],
}: ToldStudy): StudyData {
  const names = Array.from({ length: systems }, (_, code) => `s${code}`);
  const codes = new Codes([]);
  const most = (values: number[]) => values.reduce((a, b) => Math.max(a, b), -1) + 1;
  const study = {
    id: 1,
    name: "s",
    public_title: "t",
    state: "open",
    note: null,
    seed: "x",
    created_at: "",
  } as const;
  const baselines = names.filter((_, code) => code !== target);
  return {
    facts: {
      study,
      systems: names.map((name, id) => ({ id, name, label: name, published: true })),
      groups: groups.map(({ kind, headline = true }, i) => ({
        name: `g${i}`,
        kind,
        headline,
        published: true,
      })),
      pairs: target === undefined ? "all" : { target: `s${target}`, baselines },
      declared: { analysis: DEFAULT_ANALYSIS, hash: null },
      about: { question: "?", options: [], guidelines: null, recruitment: null },
      ...{ systemCodes: codes, groupCodes: codes },
    },
    annotators: named(most(judgments.map(({ annotator }) => annotator)), "a").map((one) => ({
      ...{ ...one, group: 0, isUnnamed: false, excludedBy: null },
    })),
    prompts: named(most(judgments.map(({ prompt }) => prompt)), "p"),
    rows: rowsOf(judgments),
    excluded: rowsOf([]),
    again: NO_RE_PRESENTATIONS,
    counts: { repeats: 0, surplus: 0, skipped: 0 },
    withoutText: { comparisons: 0, judgments: 0 },
    slots: { wanted: judgments.length + 1, judged: judgments.length },
  };
}

const named = (count: number, letter: string) =>
  Array.from({ length: count }, (_, id) => ({ id, name: `${letter}${id}` }));

/** In canonical order: low, high, prompt, turn, annotator. */
function rowsOf(judgments: readonly Told[]): JudgmentRows {
  const sorted = judgments
    .map((one) => ({ ...one, low: Math.min(one.left, one.right), high: Math.max(one.left, one.right) }))
    .sort(
      (a, b) =>
        a.low - b.low ||
        a.high - b.high ||
        a.prompt - b.prompt ||
        (a.turn ?? 1) - (b.turn ?? 1) ||
        a.annotator - b.annotator,
    );
  const wide = (of: (one: (typeof sorted)[number]) => number) => Int32Array.from(sorted, of);
  const narrow = (of: (one: (typeof sorted)[number]) => number) => Uint8Array.from(sorted, of);
  return {
    count: sorted.length,
    prompt: wide(({ prompt }) => prompt),
    turn: wide(({ turn }) => turn ?? 1),
    low: wide(({ low }) => low),
    high: wide(({ high }) => high),
    annotator: wide(({ annotator }) => annotator),
    group: wide(({ group }) => group ?? 0),
    unnamed: narrow(() => 0),
    left: wide(({ left }) => left),
    choice: narrow(({ choice }) => CHOICES.indexOf(choice)),
    origin: narrow(({ rebuilt }) => ORIGINS.indexOf(rebuilt ? "reconstructed" : "handed_out")),
    sideKnown: narrow(({ sideKnown }) => (sideKnown === false ? 0 : 1)),
    activeMs: wide(() => -1),
    at: Float64Array.from(sorted, ({ at }, i) => at ?? i),
  };
}
