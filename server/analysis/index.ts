import type { BlockName, Blocks } from "../contract/report.ts";
import type { Reader } from "../storage/database.ts";
import type { PairsToReport } from "./pairs/pairs.ts";
import type { StudyData } from "./rows/study-data.ts";
import { agreementOf } from "./agreement/agreement.ts";
import { aggregationOf } from "./agreement/aggregation.ts";
import { blindingOf } from "./blinding/blinding.ts";
import { readBlinding } from "./blinding/read-blinding.ts";
import { byAnnotatorOf } from "./annotators/annotators.ts";
import { componentsOf } from "./components/components.ts";
import { effectsOf } from "./effects/effects.ts";
import { exclusionEffectOf } from "./exclusions/exclusions.ts";
import { judgeFiguresOf } from "./judges/judges.ts";
import { positionOf } from "./position/position.ts";
import { onlyNamed } from "./rows/only-rows.ts";
import { progressOf } from "./progress/progress.ts";
import { promptsOf } from "./prompts/prompts.ts";
import { rankingOf } from "./ranking/ranking.ts";
import { readAnnotatorExtras } from "./annotators/read-annotators.ts";
import { readJudges } from "./judges/read-judges.ts";
import { readPromptFields } from "./slices/read-prompt-fields.ts";
import { readFlags } from "./skips/flags.ts";
import { readGuesses } from "./skips/guesses.ts";
import { readSkips } from "./skips/read-skips.ts";
import { readTextFeatures } from "./effects/read-texts.ts";
import { skipsOf } from "./skips/skips.ts";
import { readWritten } from "./skips/written.ts";
import { slicesOf } from "./slices/slices.ts";
import { testsOf } from "./pairs/tests.ts";

/** What a block is made of: the study's judgments, and the rows of the report that they are told for. */
export interface BlockData {
  readonly data: StudyData;
  readonly rows: PairsToReport;
}

/** How a block is made. `read` gets what the judgments alone do not tell, in the same moment of the database. */
interface BlockMaker<Name extends BlockName, More> {
  readonly read: (reader: Reader, data: StudyData) => Promise<More>;
  readonly make: (given: BlockData, more: More) => Blocks[Name];
}

/** A block of a report that is still to be computed: its reading is done. */
export type ReadBlock<Name extends BlockName> = (given: BlockData) => Blocks[Name];

function maker<Name extends BlockName, More>({ read, make }: BlockMaker<Name, More>) {
  return async (reader: Reader, data: StudyData): Promise<ReadBlock<Name>> => {
    const more = await read(reader, data);
    return (given) => make(given, more);
  };
}

/** The blocks that judgments alone tell. */
export const FROM_JUDGMENTS = {
  tests: ({ data, rows }) => testsOf(data, rows),
  components: ({ rows }) => componentsOf(rows),
  byPrompt: ({ data, rows }) => promptsOf(data, rows),
  agreement: ({ data }) => agreementOf(data),
  ranking: ({ data }) => rankingOf(data),
  position: ({ data }) => positionOf(data),
  aggregation: ({ data }) => aggregationOf(data),
  exclusions: ({ data }) => exclusionEffectOf(data),
  progress: ({ data }) => progressOf(data),
} satisfies { [Name in BlockName]?: ReadBlock<Name> };

export type JudgmentBlock = keyof typeof FROM_JUDGMENTS;

const fromJudgments = <Name extends JudgmentBlock>(name: Name) =>
  maker<Name, null>({ read: async () => null, make: FROM_JUDGMENTS[name] as ReadBlock<Name> });

type Makers = { [Name in BlockName]: (reader: Reader, data: StudyData) => Promise<ReadBlock<Name>> };

/** Every block by its name in the report. */
export const BLOCKS: Makers = {
  tests: fromJudgments("tests"),
  components: fromJudgments("components"),
  byPrompt: fromJudgments("byPrompt"),
  agreement: fromJudgments("agreement"),
  ranking: fromJudgments("ranking"),
  position: fromJudgments("position"),
  byAnnotator: maker({
    read: readAnnotatorExtras,
    make: ({ data }, extras) => byAnnotatorOf(onlyNamed(data), extras),
  }),
  aggregation: fromJudgments("aggregation"),
  exclusions: fromJudgments("exclusions"),
  blinding: maker({ read: readBlinding, make: ({ data }, audited) => blindingOf(data, audited) }),
  effects: maker({ read: readTextFeatures, make: ({ data }, texts) => effectsOf(data, texts) }),
  skips: maker({
    read: async (reader, data) => ({
      skips: await readSkips(reader, data),
      flags: await readFlags(reader, data),
      guesses: await readGuesses(reader, data),
      written: await readWritten(reader, data),
    }),
    make: ({ data, rows }, { skips, flags, guesses, written }) => ({
      ...skipsOf(data, rows, skips),
      ...(guesses && { guesses }),
      ...(flags && { flags }),
      ...(written && { written }),
    }),
  }),
  slices: maker({ read: readPromptFields, make: ({ data }, fields) => slicesOf(data, fields) }),
  judges: maker({ read: readJudges, make: ({ data }, extras) => judgeFiguresOf(data, extras) }),
  progress: fromJudgments("progress"),
};

/** Blocks that ask when judgments were made, or how long they took. */
export const TIMED_BLOCKS: ReadonlySet<BlockName> = new Set(["byAnnotator", "effects", "progress"]);
