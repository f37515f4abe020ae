import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/**
 * `npm test`: types with lint, format and layers one after another, and beside them the build and every test. What a check
 * prints is shown when it ends, the tests' lines as they come; all run to their end, and any that fails fails the whole.
 */
const CHECKS = ["check", "format:check", "layers"];
const TESTS = "test:built";

const ended = [];
process.on("SIGINT", () => undefined); // the steps get it too, and end

await Promise.all([checks(), step(TESTS, (line) => console.log(line))]);

console.log("");
for (const { name, code, seconds } of ended)
  console.log(`${code === 0 ? "passed" : "FAILED"}  npm run ${name}  (${seconds} s)`);
process.exitCode = ended.every(({ code }) => code === 0) ? 0 : 1;

async function checks() {
  for (const name of CHECKS) {
    const lines = [];
    const { code, seconds } = await step(name, (line) => lines.push(line));
    console.log(
      [`── npm run ${name}: ${code === 0 ? "passed" : "FAILED"} after ${seconds} s`, ...lines].join("\n"),
    );
  }
}

/** Runs a script of package.json. @param show takes each line that it prints, on either stream */
async function step(name, show) {
  const begun = Date.now();
  const colour = process.stdout.isTTY ? { FORCE_COLOR: "1" } : {};
  const child = spawn(process.execPath, [process.env.npm_execpath, "run", "-s", name], {
    env: { ...process.env, ...colour },
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on("line", show);
  const code = await new Promise((resolve) => child.once("close", resolve));
  const done = { name, code, seconds: Math.round((Date.now() - begun) / 1000) };
  ended.push(done);
  return done;
}
