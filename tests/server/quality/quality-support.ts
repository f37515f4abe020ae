import fs from "node:fs";
import type { AssignmentService } from "../../../server/assignments/assignment-service.ts";
import type { Context } from "../../../server/context.ts";
import type { Rule } from "../../../server/contract/quality.ts";
import type { Work } from "../../../server/contract/judging.ts";
import type { Protocol } from "../../../server/contract/studies.ts";
import { loadFiles } from "../../../server/loading/load-files.ts";
import { recordJudgment } from "../../../server/judgments/record.ts";
import { inviteAnnotators } from "../../../server/studies/annotators.ts";
import { changeState, createStudy } from "../../../server/studies/study.ts";
import { judgmentOf, plainDesk } from "../../support/study.ts";
import { loadInto, newPath } from "../export/export-support.ts";

const PAIRS = Array.from({ length: 40 }, (_, i) => `p${i}`);
const GOLD = Array.from({ length: 8 }, (_, i) => `c${i}`);
const INSTRUCTED = Array.from({ length: 8 }, (_, i) => `i${i}`);

const fileOf = (rows: readonly object[]): string => {
  const file = newPath("jsonl");
  fs.writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  return file;
};

/** Twenty words a text: sixty words a pair. */
const text = (of: string): string => `${of} ${"word ".repeat(18)}`;

/**
 * An open study of two systems with 40 prompts, eight gold pairs whose good answer is right and, on `attention`, eight checks
 * that instruct to choose neither instead.
 */
export async function openWithRules(
  context: Context,
  given: { annotators: number; rules?: Rule[]; attention?: boolean; protocol?: Partial<Protocol> },
): Promise<{ desk: AssignmentService; tokens: string[] }> {
  const { annotators, rules, attention = false, protocol = {} } = given;
  const checked = attention ? INSTRUCTED : GOLD;
  await createStudy(context, {
    ...{ name: "s", seed: "seed", target: "t", baselines: ["b"] },
    protocol: { checks: { every: 3 }, ...(rules && { rules }), ...protocol },
  });
  const prompts = [...PAIRS, ...checked].map((id) => ({
    ...{ prompt_id: id, prompt: text(`Question ${id}`) },
    ...(attention && id.startsWith("i") && { attention_check: true }),
  }));
  const outputs = (systems: readonly string[], ids: readonly string[]) =>
    systems.flatMap((system) =>
      ids.map((id) => ({ prompt_id: id, system, output: text(`${system}: ${id}`) })),
    );
  const answers = checked.map((id) => ({
    ...{ prompt_id: id, left_system: "spoilt", right_system: "b" },
    expected_choice: attention ? "tie" : "right",
  }));
  const files = [prompts, [...outputs(["t", "b"], PAIRS), ...outputs(["b", "spoilt"], checked)], answers];
  await loadInto(context, "s", files.map(fileOf), null, { made: true });
  await changeState(context, { study: "s", to: "open", by: "test" });
  const made = await inviteAnnotators(context, { study: "s", group: "crowd", count: annotators, by: "test" });
  return { desk: plainDesk(context), tokens: made.map(({ token }) => token) };
}

type Shown = "left" | "tie" | "right";
interface Seen {
  readonly assignment: string;
  readonly prompt: string;
  readonly choice: Shown;
}

/** The choice of somebody who reads: what is known to be good, else by turns. */
export const careful = (left: string, right: string, n: number): Shown =>
  left.includes("spoilt")
    ? "right"
    : right.includes("spoilt")
      ? "left"
      : (["left", "tie", "right"] as const)[n % 3]!;
/** Always the worse of two whose answer is known. */
export const careless = (left: string, right: string, n: number): Shown =>
  left.includes("spoilt") ? "left" : right.includes("spoilt") ? "right" : careful(left, right, n);

/** Judges up to so many pairs, for as long as there are any. @returns what was shown, and the last word of the server */
export async function judgeSome(
  desk: AssignmentService,
  token: string,
  given: { most?: number; activeMs?: number; choose?: (left: string, right: string, n: number) => Shown },
): Promise<{ seen: Seen[]; work: Work }> {
  const { most = Infinity, activeMs = 30_000, choose = careful } = given;
  const seen: Seen[] = [];
  let work = await desk.workFor(token, []);
  const views = new Map(work.assignments.map((view) => [view.assignment, view]));
  while (work.buffer.length > 0 && seen.length < most) {
    const view = views.get(work.buffer[0]!)!;
    const choice = choose(view.left.join(), view.right.join(), seen.length);
    seen.push({ assignment: view.assignment, prompt: view.prompt.join(), choice });
    const request = { ...judgmentOf(view.assignment, choice, work.buffer.slice(1)), activeMs };
    ({ work } = await recordJudgment(desk, token, request));
    for (const one of work.assignments) views.set(one.assignment, one);
  }
  return { seen, work };
}

/** A model's verdicts on all pairs, loaded as a group of its own: system t is better on every one. */
export async function loadVerdicts(context: Context): Promise<void> {
  const rows = PAIRS.map((id) => ({
    ...{ prompt_id: id, left_system: "t", right_system: "b", choice: "left", annotator: "judge" },
  }));
  const path = fileOf(rows);
  const options = {
    format: null,
    map: new Map(),
    system: null,
    group: { name: "judges", kind: "model" as const },
    annotator: null,
    fileName: "verdicts.jsonl",
  };
  const files = [{ path, options }];
  const loaded = await loadFiles(context, { study: "s", files, dryRun: false, skipBad: false, yes: false });
  if (!loaded.done) throw new Error(JSON.stringify(loaded.errors));
}
