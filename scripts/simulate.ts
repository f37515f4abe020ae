import fs from "node:fs";
import path from "node:path";
import { type Counted, countCoverage } from "./simulations/coverage.ts";
import { type Design, DESIGNS, RATES, SPREADS } from "./simulations/designs.ts";
import { studiesOf } from "./simulations/draw-study.ts";
import { realStudies } from "./simulations/real-study.ts";

/**
 * Prints how often nominal 95 % intervals cover the truth in simulated studies, as the tables of
 * docs/methods/intervals.md: by target, and of votes without a name whose truth is that of annotators in general. Arguments: number of studies of each cell (2000) and seed (1). What is done is kept in
 * `data/coverage-STUDIES-SEED.json`, from which the same command goes on where it was stopped.
 */
const [studies, seed] = [Number(process.argv[2] ?? 2000), process.argv[3] ?? "1"];
const KEPT = path.resolve(`data/coverage-${studies}-${seed}.json`);
const done: Record<string, Counted> = fs.existsSync(KEPT)
  ? (JSON.parse(fs.readFileSync(KEPT, "utf8")) as Record<string, Counted>)
  : {};

const rows = DESIGNS.flatMap((design) =>
  SPREADS.map((spread) => {
    const cells = RATES.map((rate) =>
      cell(`${design.name}, sd ${spread}, rate ${rate}`, studiesOf(design, { spread, rate })),
    );
    return [design.name, String(spread), ...figuresOf(cells)];
  }),
);
const real = realStudies();
const drawn = cell(real.name, real.draw);
const header = [
  "prompts × annotators",
  "sd",
  ...of("like these: rate"),
  "width",
  ...of("these: rate"),
  "width",
];
const line = (texts: readonly string[]) => `| ${texts.join(" | ")} |`;
console.log([line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n"));
const unnamed = DESIGNS.map((design) => [
  design.name,
  ...SPREADS.map((spread) => unnamedCell(design, { spread, rate: RATES[0]! })),
]);
const bySpread = ["prompts × annotators", ...SPREADS.map((spread) => `sd ${spread}`)];
console.log([line(bySpread), line(bySpread.map(() => "---")), ...unnamed.map(line)].join("\n"));
console.log(`${real.name}: ${percent(drawn.likeThese.covered, studies)} of ${studies} studies`);

function cell(name: string, draw: Parameters<typeof countCoverage>[0]): Counted {
  const known = done[name];
  if (known !== undefined) return known;
  const made = countCoverage(draw, { studies, seed: `${seed} ${name}` });
  done[name] = made;
  fs.mkdirSync(path.dirname(KEPT), { recursive: true });
  fs.writeFileSync(KEPT, JSON.stringify(done));
  return made;
}

function unnamedCell(design: Design, of: { spread: number; rate: number }): string {
  const made = cell(`${design.name}, sd ${of.spread}, rate ${of.rate}`, studiesOf(design, of));
  return percent(made.unnamed.covered, made.these.studies - made.unnamed.refused);
}

function of(what: string): string[] {
  return RATES.map((rate) => `${what} ${rate}`);
}

/** Coverage at each rate, and the width at the second with that of an interval that knows the true variances. */
function figuresOf(cells: readonly Counted[]): string[] {
  const { likeThese, these, sum, squares } = cells[1]!;
  const known = 2 * 1.96 * Math.sqrt(squares / studies - (sum / studies) ** 2);
  return [
    ...cells.map((one) => percent(one.likeThese.covered, one.studies - one.likeThese.refused)),
    likeThese.refused === studies
      ? "–"
      : `${(likeThese.width / (studies - likeThese.refused)).toFixed(3)} (${known.toFixed(3)})`,
    ...cells.map((one) => percent(one.these.covered, one.these.studies - one.these.refused)),
    (these.width / (these.studies - these.refused)).toFixed(3),
  ];
}

function percent(part: number, all: number): string {
  return all === 0 ? "–" : ((100 * part) / all).toFixed(1);
}
