import type { Context } from "../context.ts";
import type { Protocol } from "../contract/studies.ts";
import { comparablePrompts, findShared } from "./comparable.ts";
import { NothingToJudge } from "./errors.ts";
import type { StudyRow } from "./store.ts";

const PROMPTS_A_PAGE = 500;

/**
 * Makes sure, before anything is frozen, that opening would hand something out. Reads page by page and stops
 * at the first comparison that somebody is to judge. @throws NothingToJudge, which says what is lacking
 */
export async function requireWork(context: Context, study: StudyRow, protocol: Protocol): Promise<void> {
  const { sharedPrompts, groups } = protocol;
  const isWanted = {
    main: groups.some((group) => group.judgments > 0),
    shared: groups.some((group) => group.sharedJudgments > 0),
  };
  const shared = await context.database.read((reader) => findShared(reader, { study, sharedPrompts }));
  let comparisons = 0;
  for (let after = 0; ;) {
    const page = { studyId: study.id, protocol, after, limit: PROMPTS_A_PAGE };
    const { comparables, last, done } = await context.database.read((reader) =>
      comparablePrompts(reader, page),
    );
    if (comparables.some(({ promptId }) => isWanted[shared.has(promptId) ? "shared" : "main"])) return;
    comparisons += comparables.length;
    if (done) break;
    after = last;
  }
  throw new NothingToJudge(comparisons === 0 ? nothingComparable(protocol) : nothingWanted(protocol));
}

const nothingComparable = ({ showIdentical }: Protocol): string =>
  showIdentical
    ? "no prompt has a text and outputs of two systems that are compared."
    : "no prompt has a text and two different outputs of systems that are compared.";

/** The groups as `--group` says them, so that the place to change is plain. */
function nothingWanted({ groups }: Protocol): string {
  const wanted = groups.map(
    ({ name, judgments, sharedJudgments }) => `${name},judgments=${judgments},shared=${sharedJudgments}`,
  );
  return (
    `its groups need no judgments of the existing comparisons (groups: ${wanted.join("; ")}). ` +
    "Give at least one group 1 judgment or more per comparison."
  );
}
