import type { Ranking } from "../../../server/contract/report-ranking.ts";
import type { StudyToRank } from "../../../server/analysis/ranking/comparable-systems.ts";
import { CHOICES, ORIGINS } from "../../../server/analysis/rows/judgment-columns.ts";
import { normal, type PairedRow } from "./ranking-support.ts";

export interface Row extends PairedRow {
  group?: number;
  origin?: (typeof ORIGINS)[number];
}

const GROUPS = [
  { name: "crowd", kind: "crowd", headline: true, published: true },
  { name: "trial", kind: "crowd", headline: false, published: true },
  { name: "judge", kind: "model", headline: true, published: true },
] as const;

export function fitted<T extends Ranking["bradleyTerry"] | Ranking["davidson"]>(fit: T) {
  if ("notEstimable" in fit) throw new Error(fit.notEstimable);
  return fit as Exclude<T, { notEstimable: string }>;
}

interface Told {
  seed?: string;
  leftIsHigh?: boolean;
  tie?: "tie" | "both_bad";
}

/** A study of systems s0, s1, … */
export function study(systems: number, rows: readonly Row[], told: Told = {}): StudyToRank {
  const leftOf = ({ low, high }: Row) => (told.leftIsHigh ? high : low);
  const choiceOf = (row: Row) => {
    if (row.halves === 1) return told.tie ?? "tie";
    return (row.halves === 2) === (leftOf(row) === row.low) ? "left" : "right";
  };
  const most = (name: "prompt" | "annotator") => rows.reduce((m, row) => Math.max(m, row[name] + 1), 0);
  return {
    facts: {
      study: { seed: told.seed ?? "seed" },
      systems: Array.from({ length: systems }, (_, i) => ({
        name: `s${i}`,
        label: `s${i}`,
        published: true,
      })),
      groups: GROUPS,
    },
    prompts: Array.from({ length: most("prompt") }, (_, id) => ({ id, name: `p${id}` })),
    annotators: Array.from({ length: most("annotator") }, (_, id) => ({
      ...{ id, name: `a${id}`, group: 0, isUnnamed: false, excludedBy: null },
    })),
    rows: {
      count: rows.length,
      low: Int32Array.from(rows, ({ low }) => low),
      high: Int32Array.from(rows, ({ high }) => high),
      prompt: Int32Array.from(rows, ({ prompt }) => prompt),
      annotator: Int32Array.from(rows, ({ annotator }) => annotator),
      group: Int32Array.from(rows, ({ group }) => group ?? 0),
      left: Int32Array.from(rows, leftOf),
      choice: Uint8Array.from(rows, (row) => CHOICES.indexOf(choiceOf(row))),
      origin: Uint8Array.from(rows, ({ origin }) => ORIGINS.indexOf(origin ?? "handed_out")),
    },
  };
}

/** Every pair on every prompt by three of 25 annotators, with tastes of prompts and of annotators. */
export function plantedRows(random: () => number, strengths: readonly number[], prompts = 80): PairedRow[] {
  const rows: PairedRow[] = [];
  const around = (sd: number) => strengths.map(() => sd * normal(random));
  const tastes = Array.from({ length: 25 }, () => around(0.3));
  for (let prompt = 0; prompt < prompts; prompt++) {
    const ease = around(0.5);
    for (let low = 0; low < strengths.length; low++)
      for (let high = low + 1; high < strengths.length; high++)
        for (let i = 0; i < 3; i++) {
          const annotator = (7 * rows.length + 3 * prompt) % 25;
          const of = (s: number) => strengths[s]! + ease[s]! + tastes[annotator]![s]!;
          const [a, b, nu] = [Math.exp((of(low) - of(high)) / 2), Math.exp((of(high) - of(low)) / 2), 0.7];
          const draw = random() * (a + b + nu);
          rows.push({ low, high, halves: draw < a ? 2 : draw < a + b ? 0 : 1, prompt, annotator });
        }
  }
  return rows;
}
