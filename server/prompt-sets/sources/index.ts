import type { Candidate } from "../candidate.ts";
import type { ReadySource } from "../recipes/parse.ts";
import { fileInput, type Input } from "./input.ts";
import { readNaturalInstructions } from "./natural-instructions.ts";
import { readPromptFiles } from "./prompt-files.ts";
import { readReddit } from "./reddit.ts";
import { readStackExchange, siteOf } from "./stack-exchange.ts";
import type { SourceTally } from "./tally.ts";
import { readWikihow } from "./wikihow.ts";

type Reader = (source: ReadySource, inputs: readonly Input[], tally: SourceTally) => AsyncIterable<Candidate>;

/** What reads each kind of source. */
const READERS: Readonly<Record<ReadySource["kind"], Reader>> = {
  "stack-exchange": readSites,
  reddit: ({ subreddits }, inputs, tally) => readReddit(inputs, { subreddits, tally }),
  wikihow: ({ categories }, inputs, tally) =>
    readWikihow(inputs, {
      categories: categories === undefined ? null : fileInput(categories, categories),
      tally,
    }),
  "natural-instructions": (_source, inputs, tally) => readNaturalInstructions(inputs, { tally }),
  prompts: (_source, inputs, tally) => readPromptFiles(inputs, tally),
};

/** All candidates of a source, whatever the order of its files in an order of their own. @throws BuildRefused */
export const candidatesOf: Reader = (source, inputs, tally) =>
  READERS[source.kind](
    source,
    [...inputs].sort((a, b) => (a.name < b.name ? -1 : 1)),
    tally,
  );

/** One site per file; sites that the source does not want are not read. */
async function* readSites(
  { site: given, sites }: ReadySource,
  inputs: readonly Input[],
  tally: SourceTally,
): AsyncGenerator<Candidate> {
  const lower = (names: readonly string[] | undefined) =>
    names && new Set(names.map((name) => name.toLowerCase()));
  const [only, except] = [lower(sites?.only), lower(sites?.except)];
  for (const input of inputs) {
    const site = siteOf(input, given);
    if (only?.has(site) === false || except?.has(site) === true) continue;
    yield* readStackExchange(input, { site, tally });
  }
}
