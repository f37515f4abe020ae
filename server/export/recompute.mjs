import fs from "node:fs";

/**
 * Recomputes the headline figures of a replication pack from its judgments alone, and says whether they are those
 * of its report: counts of win, tie and loss, and both half-tie rates with their score intervals (methods/intervals.md),
 * for every row of the report. It also says whether a file of the pack was changed. Usage: node recompute.mjs [FOLDER].
 * Exit code 0: all match; 1: something does not; 2: a file is missing or not readable.
 */
const folder = process.argv[2] ?? new URL(".", import.meta.url);
const place = (name) => (folder instanceof URL ? new URL(name, folder) : `${folder}/${name}`);
const TOLERANCE = 1e-8;
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
    if (row.annotator !== null) totals.annotators.add(JSON.stringify([row.group, row.annotator]));
    totals.prompts.add(row.prompt_id);
    const [first, second] = [row.left_system, row.right_system].sort((a, b) => (a < b ? -1 : 1));
    const key = JSON.stringify([first, second, row.group]);
    if (!cells.has(key)) cells.set(key, { first: 0, tie: 0, second: 0, bothBad: 0, looks: new Map() });
    addJudgment(cells.get(key), row, first);
  }
  return { cells, totals };
}

function addJudgment(cell, row, first) {
  const chosen = preferred(row);
  const outcome = chosen === null ? "tie" : chosen === first ? "first" : "second";
  cell[outcome]++;
  if (row.choice === "both_bad") cell.bothBad++;
  const annotator = row.annotator === null ? null : JSON.stringify([row.group, row.annotator]);
  const key = JSON.stringify([row.prompt_id, annotator]);
  const look = cell.looks.get(key) ?? { prompt: row.prompt_id, annotator, score: 0, judgments: 0 };
  look.score += { first: 1, tie: 0.5, second: 0 }[outcome];
  look.judgments++;
  cell.looks.set(key, look);
}

/** The figures of one row of the report, from the side of `system`. */
function figuresOf(cells, { system, against, groups, isModel }) {
  const [first, second] = [system, against].sort((a, b) => (a < b ? -1 : 1));
  const sum = { win: 0, tie: 0, loss: 0, bothBad: 0 };
  const looks = [];
  for (const group of groups) {
    const cell = cells.get(JSON.stringify([first, second, group]));
    if (!cell) continue;
    sum.win += first === system ? cell.first : cell.second;
    sum.loss += first === system ? cell.second : cell.first;
    sum.tie += cell.tie;
    sum.bothBad += cell.bothBad;
    for (const look of cell.looks.values())
      looks.push(first === system ? look : { ...look, score: look.judgments - look.score });
  }
  const judgments = sum.win + sum.tie + sum.loss;
  const prompts = sumsBy(
    looks,
    ({ prompt }) => prompt,
    ({ judgments }) => judgments,
  );
  const annotators = new Set(looks.map(({ annotator }) => annotator));
  const isFixed = isModel || annotators.has(null) || annotators.size <= Math.min(2, judgments - 1); // no sample of others
  const rate = (weightOf) => rateOf(looks, { weightOf, judgments, prompts: prompts.size, isFixed });
  return {
    judgments,
    prompts: prompts.size,
    ...sum,
    halfTieRate: rate(() => 1 / judgments),
    halfTieRateByPrompt: rate(({ prompt }) => 1 / (prompts.size * prompts.get(prompt))),
  };
}

function sumsBy(looks, keyOf, valueOf) {
  const sums = new Map();
  for (const look of looks) sums.set(keyOf(look), (sums.get(keyOf(look)) ?? 0) + valueOf(look));
  return sums;
}

/** A weighted mean of scores and its score interval: t on C − 1 degrees of freedom, or on those of two parts that cross. */
function rateOf(looks, { weightOf, judgments, prompts, isFixed }) {
  if (judgments === 0) return { value: null };
  const value = looks.reduce((sum, look) => sum + weightOf(look) * look.score, 0);
  const moves = (look) => weightOf(look) * (look.score - look.judgments * value);
  const by = (keyOf) => {
    const sums = [...sumsBy(looks, keyOf, moves).values()];
    const [squares, clusters] = [sums.reduce((sum, one) => sum + one * one, 0), sums.length];
    return { squares, variance: (squares * clusters) / (clusters - 1), df: clusters - 1 };
  };
  const annotatorOf = ({ annotator }) => annotator;
  const [byPrompt, even] = [by(({ prompt }) => prompt), by(annotatorOf)];
  const doAnnotatorsRepeat = !isFixed && even.df + 1 < judgments;
  const byAnnotator = doAnnotatorsRepeat ? ofUneven(looks, annotatorOf, { ...even, judgments }) : even;
  const { variance, df } = !doAnnotatorsRepeat
    ? byPrompt
    : prompts === judgments
      ? byAnnotator
      : ofBoth(byPrompt, byAnnotator, by((look) => look).variance);
  return { value, ...limitsOf(value, df >= 1 && variance > 0 ? variance : NaN, quantileOfT(df) ** 2) };
}

/** The rates v with (value − v)² ≤ t² variance v(1 − v)/(value(1 − value)). */
function limitsOf(value, variance, squareOfT) {
  const worth = (value * (1 - value)) / variance;
  const [middle, all] = [worth * value + squareOfT / 2, worth + squareOfT];
  const half = Math.sqrt(squareOfT * (worth * value * (1 - value) + squareOfT / 4));
  return { low: (middle - half) / all, high: (middle + half) / all };
}

/** Annotators of whom some judged more than others: see methods/intervals.md#two-way. */
function ofUneven(looks, annotatorOf, { squares, judgments }) {
  const sizes = [...sumsBy(looks, annotatorOf, (look) => look.judgments).values()];
  const sum = (power) => sizes.reduce((all, size) => all + (size / judgments) ** power, 0);
  const [s2, s3, s4, s5] = [sum(2), sum(3), sum(4), sum(5)];
  const trace = s2 - 2 * s3 + s2 ** 2;
  const ofSquare = s4 - 4 * s5 + 2 * s3 ** 2 + 4 * s2 * s4 - 4 * s2 ** 2 * s3 + s2 ** 4;
  const df = Math.min(Math.max(trace ** 2 / ofSquare, 1), sizes.length - 1);
  return { variance: (squares * s2) / trace, df };
}

/** Prompts and annotators cross: only the annotators' part rests on their number (Satterthwaite). */
function ofBoth(byPrompt, byAnnotator, crossed) {
  const variance = byPrompt.variance + Math.max(0, byAnnotator.variance - crossed);
  const squares = byPrompt.variance ** 2 / byPrompt.df + byAnnotator.variance ** 2 / byAnnotator.df;
  return { variance, df: Math.min(Math.max(variance ** 2 / squares, 1), byPrompt.df) };
}

/** The t that Student's distribution exceeds in 2.5 % of cases, by halving between 0 and that of one degree of freedom. */
function quantileOfT(df) {
  let [low, high] = [0, 12.71];
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2;
    if (tailOfT(middle, df) > 0.025) low = middle;
    else high = middle;
  }
  return low;
}

/** The share above t: half the incomplete beta function of df/2 and ½ at df/(df + t²), by its continued fraction. */
function tailOfT(t, df) {
  const [a, b, x] = [df / 2, 0.5, df / (df + t * t)];
  if (x >= (a + 1) / (a + b + 2)) return 0.5 - shareOfBeta(b, a, 1 - x) / 2;
  return shareOfBeta(a, b, x) / 2;
}

function shareOfBeta(a, b, x) {
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  let fraction = 1; // Σ of its terms from the last to the first
  for (let m = 200; m > 0; m--) {
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    fraction = 1 + even / (1 + odd / fraction);
  }
  return front / (a * (1 - ((a + b) * x) / (a + 1) / fraction));
}

/** By Stirling's series, moved up to where it is exact to the last digits. */
function logGamma(x) {
  let [at, less] = [x, 0];
  for (; at < 20; at++) less += Math.log(at);
  const series = 1 / (12 * at) - 1 / (360 * at ** 3) + 1 / (1260 * at ** 5);
  return (at - 0.5) * Math.log(at) - at + Math.log(2 * Math.PI) / 2 + series - less;
}

/** What the report says of the same; undefined where it says that a figure cannot be had. */
const reportedOf = (pair) => ({
  judgments: pair.judgments,
  prompts: pair.prompts,
  win: pair.win.count,
  tie: pair.tie.count,
  loss: pair.loss.count,
  bothBad: pair.bothBad,
  halfTieRate: pair.halfTieRate,
  halfTieRateByPrompt: pair.halfTieRateByPrompt,
});

function differences(computed, reported) {
  return Object.keys(computed).flatMap((name) => {
    const [here, there] = [computed[name], reported[name]];
    if (typeof here === "object") return differencesOfRate(name, here, there);
    return here === there ? [] : [`${name} is ${here} by the judgments, and ${there} in the report`];
  });
}

/** Intervals of other kinds, as the exact binomial one, and figures that the report refuses are left alone. */
function differencesOfRate(name, here, there) {
  const isScore = /\(score, t, [\d.]+ df(, annotator fixed)?\)$/.test(there.method ?? "");
  const parts = there.value === undefined ? [] : isScore ? ["value", "low", "high"] : ["value"];
  return parts.flatMap((part) =>
    Math.abs(here[part] - there[part]) <= TOLERANCE
      ? []
      : [`${part} of ${name} is ${here[part]} by the judgments, and ${there[part]} in the report`],
  );
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
    const isModel = groups.some(({ name, kind }) => name === pair.group && kind === "model");
    const of = { system, against, groups: pair.group === null ? people : [pair.group], isModel };
    const computed = figuresOf(cells, of);
    const rate = computed.halfTieRateByPrompt.value?.toFixed(3) ?? "no judgments";
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
