import fs from "node:fs";
import path from "node:path";
import type { Context } from "../context.ts";
import type { ProtocolGroup } from "../contract/studies.ts";
import { loadFiles } from "../loading/load-files.ts";
import { createStudy, changeState } from "../studies/study.ts";
import { inProject } from "../in-project.ts";

export const DEMO_STUDY = "demo";
export const VISITORS = "visitors";
export const DEMO_TARGET = "plain";
export const DEMO_BASELINES = ["terse", "florid", "hedging", "listing", "careless"];
const NOTE =
  "Demo: all texts were written for it, and all judgments but those of the group “visitors” are simulated.";

const group = (name: string, over: Partial<ProtocolGroup>): ProtocolGroup => ({
  name,
  kind: "crowd",
  judgments: 0,
  sharedJudgments: 0,
  judgmentsPerAnnotator: null,
  headline: true,
  ...over,
});

/** Visitors judge in a group of their own that stays out of the headline; the other groups are simulated. */
const GROUPS = [
  group("crowd", {}),
  group("authors", { kind: "author" }),
  group("judge", { kind: "model" }),
  group(VISITORS, { judgments: 20, headline: false }),
];

/** Makes the demo study from the fixtures, with its simulated judgments, and opens it for visitors. */
export async function loadDemo(context: Context): Promise<void> {
  await createStudy(context, {
    name: DEMO_STUDY,
    publicTitle: "Which answer helps more?",
    target: DEMO_TARGET,
    baselines: DEMO_BASELINES,
    seed: "demo",
    note: NOTE,
    protocol: { groups: GROUPS },
  });
  const folder = inProject("fixtures", "demo");
  const responses = [DEMO_TARGET, ...DEMO_BASELINES].map((system) =>
    path.join("responses", `${system}.jsonl`),
  );
  const texts = ["prompts.jsonl", ...responses].map((name) => fileIn(folder, name));
  await loadFiles(context, { ...QUIETLY, study: DEMO_STUDY, files: texts, origin: "loaded" });
  const judgments = [fileIn(folder, "judgments.jsonl")];
  await loadFiles(context, { ...QUIETLY, study: DEMO_STUDY, files: judgments, origin: "simulated" });
  await changeState(context, { study: DEMO_STUDY, to: "open", by: "demo" });
}

const QUIETLY = { dryRun: false, skipBad: false, yes: true };

function fileIn(folder: string, name: string) {
  const file = path.join(folder, name);
  if (!fs.existsSync(file)) throw new Error(`${file} is missing from this installation.`);
  const system = path.basename(name, path.extname(name));
  const options = { format: null, map: new Map(), system, group: null, annotator: null, fileName: name };
  return { path: file, options };
}
