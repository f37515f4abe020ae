import type { Context } from "../context.ts";
import {
  BLOCK_NAMES,
  type BlockName,
  type Blocks,
  type FullReport,
  type Report,
} from "../contract/report.ts";
import type { ReportRevisions } from "../contract/report-revisions.ts";
import type { People } from "../contract/report-people.ts";
import type { Reader } from "../storage/database.ts";
import { type BlockData, BLOCKS, type ReadBlock, TIMED_BLOCKS } from "../analysis/index.ts";
import type { Beside } from "../contract/beside.ts";
import { besideOf } from "../analysis/beside/beside.ts";
import { readCommonTexts } from "../analysis/beside/read-beside.ts";
import {
  isTimed,
  readingOrder,
  type ReadingPlace,
  type ReadingQuestion,
} from "../analysis/reading/reading.ts";
import { asIfExcluded } from "../analysis/exclusions/as-if-excluded.ts";
import type { PromptPart } from "../analysis/rows/prompt-parts.ts";
import { countDistinct } from "../analysis/rows/gather.ts";
import { dataHash } from "./data-hash.ts";
import { makeBlocks, type OnBlock } from "./blocks.ts";
import { declaredOf, isStudyInterim } from "../analysis/rows/declared-slots.ts";
import { ESTIMATOR_VERSION } from "./estimator.ts";
import { requireGroup } from "../analysis/rows/study-structure.ts";
import { hideInterimP } from "./interim-p.ts";
import { type Inputs, inputsOf } from "./inputs.ts";
import { writeNotes } from "../analysis/notes/notes.ts";
import { onlyPart } from "../analysis/rows/only-part.ts";
import { bothBadBySystem } from "../analysis/pairs/both-bad.ts";
import { peopleOf } from "./people.ts";
import { promptSetsOf } from "./prompt-sets.ts";
import { reportRevisionsOf } from "./revisions.ts";
import { revisionNotes } from "../report-document/sections/revisions.ts";
import { type PairsToReport, pairsToReport, reportPairs } from "../analysis/pairs/pairs.ts";
import { wasAudited } from "../blinding-audit/latest.ts";
import type { StudyData } from "../analysis/rows/study-data.ts";
import { type Answers, readAgainOrAnew, type ReadStudy } from "./study-reader.ts";
import { countAnnotators, countComparisons, judgmentsByAnnotator, listedGroups } from "./who-judged.ts";

export interface ReportQuestion {
  readonly study: string;
  /** The rows of this group alone; the totals, the groups, the notes and the blocks stay those of the whole study. */
  readonly group?: string | undefined;
  /** The judgments on these prompts alone, in every figure. */
  readonly prompts?: PromptPart | undefined;
  /** As if these annotators, by their names in the report, were excluded, and nobody else: see asIfExcluded. */
  readonly without?: readonly string[] | undefined;
}

/** The names of two studies. */
export interface TwoNames {
  readonly first: string;
  readonly second: string;
}

/** The report of a study as it stands, in any state: what a reader sees first. @throws as ReportBuilder @internal */
export const buildReport = (context: Pick<Context, "database">, question: ReportQuestion): Promise<Report> =>
  new ReportBuilder(context).report(question);

/** The report with every block. @param onBlock called with how many are computed, and all @throws as ReportBuilder */
export const buildFullReport = (
  context: Pick<Context, "database">,
  question: ReportQuestion,
  onBlock?: OnBlock,
): Promise<FullReport> => new ReportBuilder(context, onBlock).full(question);

/** Studies whose judgments are kept in memory, so that the blocks of one page are read once. */
const REMEMBERED = 2;

/**
 * Makes reports. What it read for one question it keeps for the next while nothing in the study has changed.
 * @throws StudyNotFound, GroupNotFound: both name what there is; PartNotFound.
 */
export class ReportBuilder {
  readonly #database: Context["database"];
  readonly #onBlock: OnBlock | undefined;
  /** By study, the one asked for last at the end. */
  readonly #remembered = new Map<string, ReadStudy>();

  /** The figures by revision of what was read. */
  readonly #revisions = new WeakMap<StudyData, ReportRevisions | null>();

  constructor({ database }: Pick<Context, "database">, onBlock?: OnBlock) {
    this.#database = database;
    this.#onBlock = onBlock;
  }

  /** What a reader sees first. */
  report(question: ReportQuestion): Promise<Report> {
    return this.#database.read(async (reader) => reportOf(await this.#read(reader, question, false)));
  }

  /** What was answered of a study since it changed last, to look a block up in or to add one that is made next. */
  answers({ study }: Pick<ReportQuestion, "study">, name: BlockName): Promise<Answers> {
    const times = TIMED_BLOCKS.has(name);
    return this.#database.read(async (reader) => (await this.#latest(reader, study, times)).answers);
  }

  async block<Name extends BlockName>(question: ReportQuestion, name: Name): Promise<Blocks[Name]> {
    const { given, block } = await this.#readFor(question, name);
    return hideInterimP(block(given), isStudyInterim(given.data));
  }

  /** What a reader sees first, with one block and no other: enough for the section that the block becomes. */
  async part(question: ReportQuestion, name: BlockName): Promise<Report & Partial<Blocks>> {
    const { given, block } = await this.#readFor(question, name);
    const made = hideInterimP(block(given), isStudyInterim(given.data));
    return { ...reportOf(given), [name]: made };
  }

  /** The next comparisons to read, in the order asked for. */
  comparisons(question: ReadingQuestion): Promise<ReadingPlace[]> {
    return this.#database.read(async (reader) => {
      const { data } = await this.#latest(reader, question.study, isTimed(question.sort));
      return readingOrder(reader, data, question);
    });
  }

  /** Two studies side by side. @throws StudyNotFound */
  beside({ first, second }: TwoNames): Promise<Beside> {
    return this.#database.read(async (reader) => {
      const { data: own } = await this.#latest(reader, first, false);
      const { data: other } = await this.#latest(reader, second, false);
      return besideOf(own, other, await readCommonTexts(reader, own, other));
    });
  }

  async full(question: ReportQuestion): Promise<FullReport> {
    return (await this.#whole(question, () => null)).report;
  }

  /** The whole report of a study with what it was made of, a hash of its judgments, and hashes of everything. */
  async fullWithHash(
    question: Pick<ReportQuestion, "study">,
  ): Promise<{ report: FullReport; dataHash: string; inputs: Inputs; data: StudyData }> {
    const { report, beside } = await this.#whole(question, async (reader, data) => ({
      dataHash: dataHash(data),
      inputs: await inputsOf(reader, data),
      data,
    }));
    return { report, ...beside };
  }

  /** @param readBeside what else is read in the same moment of the database */
  async #whole<Beside>(
    question: ReportQuestion,
    readBeside: (reader: Reader, data: StudyData) => Beside | Promise<Beside>,
  ): Promise<{ report: FullReport; beside: Beside }> {
    const { given, read, beside } = await this.#database.read(async (reader) => {
      const given = await this.#read(reader, question, true);
      const read = new Map<BlockName, ReadBlock<BlockName>>();
      for (const name of BLOCK_NAMES) read.set(name, await BLOCKS[name](reader, given.data));
      return { given, read, beside: await readBeside(reader, given.data) };
    });
    const isInterim = isStudyInterim(given.data);
    const made = await makeBlocks(given, read, { onBlock: this.#onBlock });
    const { tests, blinding, ...blocks } = hideInterimP(made, isInterim);
    const head = reportOf(given);
    const pairs = head.pairs.map((pair, i) => ({ ...pair, ...tests[i]! }));
    return { report: { ...head, pairs, ...blocks, ...(blinding && { blinding }) }, beside };
  }

  #readFor<Name extends BlockName>(question: ReportQuestion, name: Name) {
    return this.#database.read(async (reader) => {
      const given = await this.#read(reader, question, TIMED_BLOCKS.has(name));
      return { given, block: await BLOCKS[name](reader, given.data) };
    });
  }

  /** A study as it stands, which becomes the one asked for last. */
  async #latest(reader: Reader, study: string, times: boolean): Promise<ReadStudy> {
    const known = this.#remembered.get(study);
    this.#remembered.delete(study); // and put back as the latest
    const latest = await readAgainOrAnew(reader, study, { known, times });
    this.#remembered.set(study, latest);
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size > REMEMBERED) this.#remembered.delete(oldest!);
    return latest;
  }

  async #read(reader: Reader, question: ReportQuestion, times: boolean): Promise<Given> {
    const { study, group, prompts, without } = question;
    const latest = await this.#latest(reader, study, times);
    requireGroup(latest.data.facts, group);
    const part = prompts ? await onlyPart(reader, latest.data, prompts) : latest.data;
    const data = without ? asIfExcluded(part, without) : part;
    const people = await peopleOf(reader, data.facts.study.id);
    const revisions = this.#revisions.has(data)
      ? this.#revisions.get(data)!
      : await reportRevisionsOf(reader, data);
    this.#revisions.set(data, revisions);
    const isAudited = await wasAudited(reader, data.facts.study.id);
    return {
      data,
      people,
      promptSets: await promptSetsOf(reader, data.facts.study.id),
      revisions,
      isAudited,
      rows: rowsOf(data, group),
      figures: data === latest.data ? latest.figures : noFigures(),
    };
  }
}

const noFigures = (): ReadStudy["figures"] => new Map();

/** What blocks are made of, and the figures that are known already. */
interface Given extends BlockData {
  readonly figures: ReadStudy["figures"];
  readonly people: People | null;
  readonly revisions: ReportRevisions | null;
  readonly promptSets: NonNullable<Report["promptSets"]>;
  readonly isAudited: boolean;
}

function rowsOf(data: StudyData, group: string | undefined): PairsToReport {
  if (group !== undefined) return pairsToReport(data, [group]);
  const names = listedGroups(data, judgmentsByAnnotator(data)).map(({ name }) => name);
  return pairsToReport(data, [null, ...names]);
}

function reportOf({ data, rows: given, figures, people, promptSets, revisions, isAudited }: Given): Report {
  const { facts, rows, counts } = data;
  const { pairs, ranges } = given;
  const reported = reportPairs(given, figures);
  const [first] = given.groups;
  const byAnnotator = judgmentsByAnnotator(data);
  const inPairs = pairs.reduce((sum, pair) => sum + ranges.of(pair).to - ranges.of(pair).from, 0);
  return {
    study: facts.study.name,
    publicTitle: facts.study.public_title,
    state: facts.study.state,
    notes: [
      ...writeNotes({ ...data, skipped: counts.skipped, inNoPair: rows.count - inPairs }),
      ...revisionNotes(revisions),
    ],
    judgments: rows.count,
    comparisons: countComparisons(rows),
    prompts: countDistinct(rows.prompt),
    ...countAnnotators(data, byAnnotator),
    repeats: counts.repeats,
    surplus: counts.surplus,
    skipped: counts.skipped,
    seed: facts.study.seed,
    estimator: ESTIMATOR_VERSION,
    slots: data.slots,
    analysis: declaredOf(data),
    about: facts.about,
    snapshot: null,
    groups: listedGroups(data, byAnnotator),
    ...(facts.about.bothBad && { bothBad: bothBadBySystem(reported.filter(({ group }) => group === first)) }),
    ...(isAudited && { audited: true as const }),
    ...(people && { people }),
    ...(promptSets.length > 0 && { promptSets }),
    ...(revisions && { revisions }),
    pairs: reported,
  };
}
