import fs from "node:fs";
import type { TestProject } from "vitest/node";
import { removeAbandoned } from "./temporary-folder.ts";

/** The folder of a run's temporary files, which all projects share: what a test leaves there goes when the run ends. */
export default function setup(project: TestProject) {
  const folder = project.config.env.TMPDIR as string;
  removeAbandoned(folder);
  fs.mkdirSync(folder, { recursive: true });
  return () => fs.rmSync(folder, { recursive: true, force: true });
}
