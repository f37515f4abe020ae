import fs from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** Runs the built server with groups of one member: every judgment is a commit of its own. */
const dist = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../dist");
const own = path.join(dist, "one-by-one");
fs.rmSync(own, { recursive: true, force: true });
fs.cpSync(path.join(dist, "server"), own, { recursive: true });
const changed = fs.readdirSync(own).filter((name) => {
  const file = path.join(own, name);
  const source = fs.readFileSync(file, "utf8");
  if (!name.endsWith(".js") || !/MEMBERS_MAX = 64/.test(source)) return false;
  fs.writeFileSync(file, source.replace(/MEMBERS_MAX = 64/, "MEMBERS_MAX = 1"));
  return true;
});
if (changed.length !== 1) throw new Error("The built server has no group commit to switch off.");
await import(pathToFileURL(path.join(own, "main.js")).href);
