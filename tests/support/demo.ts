import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { prepare } from "./in-process.ts";

/** Makes a database that holds the simulated demo: a copy of one that the first test to need it has made. @param file where */
export async function copyDemo(file: string): Promise<void> {
  const made = path.join(os.tmpdir(), "simulated-demo.db");
  if (!fs.existsSync(made)) {
    const own = `${made}-${process.pid}`;
    await prepare(["demo", "simulated"], { DATABASE_URL: own });
    fs.renameSync(own, made); // workers may make one each at the same time: all are whole
  }
  fs.copyFileSync(made, file);
}
