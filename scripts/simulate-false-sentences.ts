import { FALSE_KINDS, falseSentencesOf } from "../tests/support/statistics/false-sentences.ts";
import { NULL_DESIGNS } from "../tests/support/statistics/null-study.ts";

/**
 * Prints in how many whole reports on studies in which nothing is to be found there is a false sentence of each kind, as the
 * table of docs/methods/tests.md. Arguments: number of studies (1000) and seed (1).
 */
const [studies, seed] = [Number(process.argv[2] ?? 1000), Number(process.argv[3] ?? 1)];

const found = NULL_DESIGNS.map((design) => ({ design, studies: 0, kinds: FALSE_KINDS.map(() => 0) }));
for (let n = 0; n < studies; n++) {
  const row = found[n % found.length]!;
  const held = falseSentencesOf(100_000 * seed + n);
  row.studies++;
  FALSE_KINDS.forEach((kind, k) => (row.kinds[k]! += Number(held.has(kind))));
}

const line = (cells: readonly string[]) => console.log(`| ${cells.join(" | ")} |`);
line(["prompts × annotators", "sd", "design", "studies", ...FALSE_KINDS]);
line(["---", "---", "---", "---", ...FALSE_KINDS.map(() => "---")]);
for (const { design, studies: of, kinds } of found) {
  const { prompts, annotators, sd } = design;
  line([`${prompts} × ${annotators}`, String(sd), nameOf(design), String(of), ...kinds.map(String)]);
}
const sums = FALSE_KINDS.map((_, k) => found.reduce((sum, { kinds }) => sum + kinds[k]!, 0));
line([
  "all",
  "",
  "",
  String(studies),
  ...sums.map((sum) => `${sum} (${((100 * sum) / studies).toFixed(1)} %)`),
]);

function nameOf({
  systems,
  allPairs,
  models,
  bothOrders,
  look,
  margin,
}: (typeof NULL_DESIGNS)[number]): string {
  const pairs = allPairs
    ? `all pairs of ${systems}`
    : `${systems - 1} ${systems === 2 ? "baseline" : "baselines"}`;
  const judges = `${models} ${models === 1 ? "model" : "models"}${bothOrders ? " in both orders" : ""}`;
  return [pairs, judges, ...(look ? ["a look"] : []), ...(margin ? [`margin ${margin}`] : [])].join(", ");
}
