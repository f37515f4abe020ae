import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** Runs the built server with groups of one member: every judgment is a commit of its own. */
const dist = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../dist/server");
const source = fs.readFileSync(path.join(dist, "main.js"), "utf8");
const changed = source.replace(/MEMBERS_MAX = 64/, "MEMBERS_MAX = 1");
if (changed === source) throw new Error("The built server has no group commit to switch off.");
const file = path.join(dist, "one-by-one.js");
fs.writeFileSync(file, changed);
await import(file);
