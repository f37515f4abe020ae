import { hash } from "node:crypto";
import type { Context } from "../context.ts";
import { RECONSTRUCTED } from "../contract/reasons.ts";
import type { Choice, GroupKind } from "../contract/words.ts";
import { loadSources } from "../loading/load-sources.ts";
import { type JudgmentRecord, type ReadItem, UNNAMED } from "../loading/reading/records.ts";
import type { LoadSource } from "../loading/source.ts";
import { capital } from "../report-document/words.ts";
import { DEFAULT_GROUP } from "../studies/default-protocol.ts";
import { createStudy } from "../studies/study.ts";

export const LIMA_STUDY = "lima";
const TARGET = "LIMA";
const PROMPTS = 300;
const NOTE = `${capital(RECONSTRUCTED)}, if n = 300 and one judgment per prompt.`;

type Percentages = readonly [win: number, tie: number, loss: number];

/**
 * How often LIMA won, tied and lost, in percent, to people and to GPT-4: figures 1 and 2 of
 * “LIMA: Less Is More for Alignment” (arXiv 2305.11206).
 */
const PUBLISHED: readonly { baseline: string; people: Percentages; gpt4: Percentages }[] = [
  { baseline: "Alpaca 65B", people: [53, 21, 26], gpt4: [64, 19, 17] },
  { baseline: "DaVinci003", people: [44, 21, 35], gpt4: [54, 23, 23] },
  { baseline: "Bard", people: [33, 25, 42], gpt4: [27, 26, 47] },
  { baseline: "Claude", people: [24, 22, 54], gpt4: [14, 23, 63] },
  { baseline: "GPT-4", people: [18, 25, 57], gpt4: [19, 15, 66] },
];

/** Makes the study of LIMA's published figures: 300 judgments for each baseline and group, and no texts. */
export async function loadLima(context: Context): Promise<void> {
  const baselines = PUBLISHED.map((row) => row.baseline);
  await createStudy(context, {
    name: LIMA_STUDY,
    publicTitle: "LIMA against five baselines",
    target: TARGET,
    baselines,
    seed: "lima",
    note: NOTE,
    protocol: {
      groups: [
        { ...DEFAULT_GROUP, name: "people" },
        { ...DEFAULT_GROUP, name: "gpt-4", kind: "model" },
      ],
    },
  });
  const records = [...judgmentsOf("people", "crowd"), ...judgmentsOf("gpt-4", "model")];
  const items = records.map((record, i): ReadItem => ({ record: { ...record, row: i + 1 } }));
  const source: LoadSource = {
    name: "LIMA's published percentages",
    format: null,
    contentHash: hash("sha256", JSON.stringify(PUBLISHED)),
    async *read() {
      yield items;
    },
  };
  const request = {
    study: LIMA_STUDY,
    sources: [source],
    dryRun: false,
    skipBad: false,
    yes: true,
    by: "demo",
  };
  await loadSources(context, { ...request, origin: "reconstructed" });
}

function judgmentsOf(group: "people" | "gpt-4", kind: GroupKind): JudgmentRecord[] {
  return PUBLISHED.flatMap(({ baseline, people, gpt4 }) => {
    const percentages = group === "people" ? people : gpt4;
    const choices = (["left", "tie", "right"] as const).flatMap((choice, i) =>
      Array<Choice>((percentages[i]! * PROMPTS) / 100).fill(choice),
    );
    return choices.map((choice, i) => ({
      kind: "judgment",
      row: 0,
      promptId: `prompt ${String(i + 1).padStart(3, "0")}`,
      promptTurns: null,
      leftSystem: TARGET,
      rightSystem: baseline,
      sideKnown: false,
      choice,
      turn: null,
      annotator: group === "people" ? UNNAMED : "gpt-4",
      group: { name: group, kind },
      rationale: null,
      createdAt: null,
      judgmentId: null,
      leftTurns: null,
      rightTurns: null,
      metadata: {},
    }));
  });
}
