import type { Candidate } from "../candidate.ts";
import { readConversations } from "./conversations.ts";
import { BuildRefused } from "../errors.ts";
import type { ReadySource } from "../recipes/parse.ts";
import type { Input, SourceInputs } from "./input.ts";
import { readNaturalInstructions } from "./natural-instructions.ts";
import { readPromptFiles } from "./prompt-files.ts";
import { readReddit } from "./reddit.ts";
import { readStackExchange, siteOf } from "./stack-exchange.ts";
import type { SourceTally } from "./tally.ts";
import { readWikihow } from "./wikihow.ts";

type Reader = (source: ReadySource, inputs: SourceInputs, tally: SourceTally) => AsyncIterable<Candidate>;

/** What reads each kind of source. */
const READERS: Readonly<Record<ReadySource["kind"], Reader>> = {
  "stack-exchange": readSites,
  reddit: ({ subreddits }, { files }, tally) => readReddit(files, { subreddits, tally }),
  wikihow: (_source, { files, categories }, tally) => readWikihow(files, { categories, tally }),
  "natural-instructions": (_source, { files }, tally) => readNaturalInstructions(files, { tally }),
  conversations: (_source, { files }, tally) => readConversations(files, tally),
  prompts: (_source, { files }, tally) => readPromptFiles(files, tally),
};

/** All candidates of a source, whatever the order of its files in an order of their own. @throws BuildRefused */
export const candidatesOf: Reader = (source, { files, categories }, tally) =>
  READERS[source.kind](
    source,
    { files: [...files].sort((a, b) => (a.name < b.name ? -1 : 1)), categories },
    tally,
  );

/** Sites of questions about a site itself. */
const META = /(^|\.)meta\./;

/**
 * One site per file. Sites that the source does not want are not read, nor are those about a site itself unless they are named.
 * @throws BuildRefused where two files are of the same site, or none is of a site that the source wants
 */
async function* readSites(
  { name, site: given, sites }: ReadySource,
  { files: inputs }: SourceInputs,
  tally: SourceTally,
): AsyncGenerator<Candidate> {
  const lower = (names: readonly string[] | undefined) =>
    names && new Set(names.map((name) => name.toLowerCase()));
  const [only, except] = [lower(sites?.only), lower(sites?.except)];
  const wanted = new Map<string, Input>();
  for (const input of inputs) {
    const site = siteOf(input, given);
    const isNamed = only?.has(site) ?? given !== undefined;
    if (only?.has(site) === false || except?.has(site) === true || (META.test(site) && !isNamed)) continue;
    const other = wanted.get(site);
    if (other)
      throw new BuildRefused(
        `${other.name} and ${input.name} are both of ${site}, so each question would count twice. Name one of them alone.`,
      );
    wanted.set(site, input);
  }
  if (wanted.size === 0)
    throw new BuildRefused(
      `None of the files of ${name} is of a site that it wants, so it has no rows: see “sites” in the recipe. The files are ${listed(inputs)}.`,
    );
  for (const [site, input] of wanted) yield* readStackExchange(input, { site, tally });
}

const NAMED_MAX = 5;
const listed = (inputs: readonly Input[]): string =>
  inputs
    .slice(0, NAMED_MAX)
    .map(({ name }) => name)
    .join(", ") + (inputs.length > NAMED_MAX ? `, and ${inputs.length - NAMED_MAX} more` : "");
