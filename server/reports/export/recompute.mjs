import fs from "node:fs";

/**
 * Recomputes the headline figures of a replication pack from its judgments alone, and says whether they are those
 * of its report: counts of win, tie and loss, and both half-tie rates, for every row of the report. It also says
 * whether a file of the pack was changed. Usage: node recompute.mjs [FOLDER].
 * Exit code 0: all match; 1: something does not; 2: a file is missing or not readable.
 */
const folder = process.argv[2] ?? new URL(".", import.meta.url);
const place = (name) => (folder instanceof URL ? new URL(name, folder) : `${folder}/${name}`);
const TOLERANCE = 1e-9;
const PIECE_BYTES = 1 << 20;

/** Lines of a file, read piece by piece. */
function* linesOf(file) {
  const handle = fs.openSync(file, "r");
  const decoder = new globalThis.TextDecoder();
  const piece = new Uint8Array(PIECE_BYTES);
  let rest = "";
  for (let size = fs.readSync(handle, piece); size > 0; size = fs.readSync(handle, piece)) {
    const lines = (rest + decoder.decode(piece.subarray(0, size), { stream: true })).split("\n");
    rest = lines.pop();
    yield* lines;
  }
  fs.closeSync(handle);
  yield rest;
}

/** Whose judgment of what: the same for a model's two orders. */
const looked = (row) => {
  const systems = [row.left_system, row.right_system].sort((a, b) => (a < b ? -1 : 1));
  return JSON.stringify([row.group, row.annotator, row.prompt_id, row.turn, ...systems]);
};

/** The system that a judgment prefers; null: neither. */
const preferred = (row) => ({ left: row.left_system, right: row.right_system })[row.choice] ?? null;

/** What each model preferred in the other order. */
function otherOrders(file) {
  const others = new Map();
  for (const line of linesOf(file)) {
    if (!line.includes('"other_order"')) continue;
    const row = JSON.parse(line);
    if (row.status === "other_order") others.set(looked(row), { system: preferred(row), choice: row.choice });
  }
  return others;
}

/** The choice that both orders make by the order rule: what both say, else a tie, or with "lean" what one says. */
function verdictOf(row, other, rule) {
  const first = preferred(row);
  if (row.choice === "both_bad" && other.choice === "both_bad") return "both_bad";
  const leans = rule === "lean" && (first === null || other.system === null);
  const verdict = first === other.system ? first : leans ? (first ?? other.system) : null;
  return verdict === null ? "tie" : verdict === row.left_system ? "left" : "right";
}

/** Adds up the counted judgments by pair and group; both systems in code-unit order make the pair's key. */
function addUp(file, orderRule) {
  const others = otherOrders(file);
  const cells = new Map();
  const totals = { judgments: 0, annotators: new Set(), prompts: new Set() };
  for (const line of linesOf(file)) {
    if (line.trim() === "") continue;
    const row = JSON.parse(line);
    if (row.status !== "counted") continue;
    const other = others.size === 0 ? undefined : others.get(looked(row));
    if (other) row.choice = verdictOf(row, other, orderRule);
    totals.judgments++;
    totals.annotators.add(JSON.stringify([row.group, row.annotator]));
    totals.prompts.add(row.prompt_id);
    const [first, second] = [row.left_system, row.right_system].sort((a, b) => (a < b ? -1 : 1));
    const key = JSON.stringify([first, second, row.group]);
    if (!cells.has(key)) cells.set(key, { first: 0, tie: 0, second: 0, bothBad: 0, prompts: new Map() });
    addJudgment(cells.get(key), row, first);
  }
  return { cells, totals };
}

function addJudgment(cell, row, first) {
  const chosen = preferred(row);
  const outcome = chosen === null ? "tie" : chosen === first ? "first" : "second";
  cell[outcome]++;
  if (row.choice === "both_bad") cell.bothBad++;
  const prompt = cell.prompts.get(row.prompt_id) ?? { score: 0, judgments: 0 };
  prompt.score += { first: 1, tie: 0.5, second: 0 }[outcome];
  prompt.judgments++;
  cell.prompts.set(row.prompt_id, prompt);
}

/** The figures of one row of the report, from the side of `system`. */
function figuresOf(cells, { system, against, groups }) {
  const [first, second] = [system, against].sort((a, b) => (a < b ? -1 : 1));
  const sum = { win: 0, tie: 0, loss: 0, bothBad: 0 };
  const prompts = new Map();
  for (const group of groups) {
    const cell = cells.get(JSON.stringify([first, second, group]));
    if (!cell) continue;
    sum.win += first === system ? cell.first : cell.second;
    sum.loss += first === system ? cell.second : cell.first;
    sum.tie += cell.tie;
    sum.bothBad += cell.bothBad;
    for (const [id, { score, judgments }] of cell.prompts) {
      const prompt = prompts.get(id) ?? { score: 0, judgments: 0 };
      prompt.score += first === system ? score : judgments - score;
      prompt.judgments += judgments;
      prompts.set(id, prompt);
    }
  }
  const judgments = sum.win + sum.tie + sum.loss;
  const means = [...prompts.values()].map((prompt) => prompt.score / prompt.judgments);
  return {
    judgments,
    prompts: prompts.size,
    ...sum,
    halfTieRate: judgments === 0 ? null : (sum.win + sum.tie / 2) / judgments,
    halfTieRateByPrompt: means.length === 0 ? null : means.reduce((a, b) => a + b, 0) / means.length,
  };
}

/** What the report says of the same; undefined where it says that a figure cannot be had. */
const reportedOf = (pair) => ({
  judgments: pair.judgments,
  prompts: pair.prompts,
  win: pair.win.count,
  tie: pair.tie.count,
  loss: pair.loss.count,
  bothBad: pair.bothBad,
  halfTieRate: pair.halfTieRate.value,
  halfTieRateByPrompt: pair.halfTieRateByPrompt.value,
});

function differences(computed, reported) {
  return Object.keys(computed).flatMap((name) => {
    const [here, there] = [computed[name], reported[name]];
    const isRefused = there === undefined && name.startsWith("halfTie");
    if (isRefused || here === there || Math.abs(here - there) <= TOLERANCE) return [];
    return [`${name} is ${here} by the judgments, and ${there} in the report`];
  });
}

/** The files whose bytes are no longer those that SHA256SUMS was written for. */
async function changedFiles() {
  const changed = [];
  for (const line of fs.readFileSync(place("SHA256SUMS"), "utf8").trim().split("\n")) {
    const [sum, name] = line.split("  ");
    const digest = new Uint8Array(
      await globalThis.crypto.subtle.digest("SHA-256", fs.readFileSync(place(name))),
    );
    const hex = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    if (hex !== sum) changed.push(`${name} was changed since the pack was made`);
  }
  return changed;
}

function checkFigures(tell) {
  const report = JSON.parse(fs.readFileSync(place("report.json"), "utf8"));
  const { systems, groups } = JSON.parse(fs.readFileSync(place("protocol.json"), "utf8"));
  const { cells, totals } = addUp(place("judgments.jsonl"), report.analysis.orderRule);
  const nameOf = (label) => systems.find((system) => system.label === label)?.name ?? label;
  const people = groups.filter(({ kind, headline }) => kind !== "model" && headline).map(({ name }) => name);
  const all = {
    judgments: totals.judgments,
    annotators: totals.annotators.size,
    prompts: totals.prompts.size,
  };
  tell(`${all.judgments} judgments, ${all.annotators} annotators`, differences(all, report));
  for (const pair of report.pairs) {
    const [system, against] = [nameOf(pair.system), nameOf(pair.against)];
    const of = { system, against, groups: pair.group === null ? people : [pair.group] };
    const computed = figuresOf(cells, of);
    const rate = computed.halfTieRateByPrompt?.toFixed(3) ?? "no judgments";
    const what = `${pair.system} against ${pair.against}, ${pair.group ?? "all people"}: ${rate}`;
    tell(what, differences(computed, reportedOf(pair)));
  }
}

async function check() {
  let differing = 0;
  const tell = (what, faults) => {
    console.log(`${faults.length === 0 ? "same " : "OTHER"}  ${what}`);
    for (const fault of faults) console.log(`         ${fault}`);
    differing += faults.length;
  };
  checkFigures(tell);
  const figures = differing;
  tell("the bytes of all files (SHA256SUMS)", await changedFiles());
  console.log(
    figures === 0 ? "All figures match the report." : `Figures that do not match the report: ${figures}.`,
  );
  return differing === 0 ? 0 : 1;
}

/** Who reads from a pipe may have seen enough. */
process.stdout.on("error", (error) => {
  if (error.code !== "EPIPE") throw error;
});

try {
  process.exitCode = await check();
} catch (error) {
  console.error(`The pack cannot be read: ${error.message}`);
  process.exitCode = 2;
}
