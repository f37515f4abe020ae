import { createHash } from "node:crypto";
import type { Reader } from "../storage/database.ts";
import { flagsInForce } from "../studies/flags.ts";
import { guessesOf } from "../studies/guesses.ts";
import { skipsInForce } from "../studies/skips.ts";
import { latestAudit } from "../blinding-audit/latest.ts";
import { judgedOf } from "./data-hash.ts";
import { readWritten } from "../analysis/skips/written.ts";
import { againHash, orderById, rowIdsOf, saidHash, timesHash } from "../analysis/rows/rows-hash.ts";
import type { StudyData } from "../analysis/rows/study-data.ts";
import { textsHash } from "./texts-hash.ts";

/** What a report is made of, part by part, so that whoever finds it changed can say which part. */
const INPUT_NAMES = [
  ...(["judgments", "exclusions", "times", "texts", "protocol"] as const),
  ...(["groups", "names", "state", "progress", "blinding"] as const),
];
export type InputName = (typeof INPUT_NAMES)[number];

/**
 * A SHA-256 of each part, in hexadecimal. Rows are known by their ids in this database, so that a name that changed moves
 * `names` and nothing else. Prompts, systems and annotators without a judgment are no part of it.
 */
export type Inputs = Readonly<Record<InputName, string>>;

/** Hashes what a report is made of. Must run within the `database.read` in which `data` was read, times included. */
export async function inputsOf(reader: Reader, data: StudyData): Promise<Inputs> {
  const { facts, annotators, rows, excluded } = data;
  const { study, groups, declared, pairs, about } = facts;
  const ids = rowIdsOf(data);
  const [order, orderOut] = [orderById(rows, ids), orderById(excluded, ids)];
  const leftOut = annotators.flatMap(({ id, excludedBy }): Fact[] =>
    excludedBy === null ? [] : [[id, excludedBy]],
  );
  return {
    judgments: hashOf([saidHash(rows, order, ids), againHash(data, order, ids)]),
    exclusions: hashOf([leftOut.sort(byFirst), saidHash(excluded, orderOut, ids)]),
    times: hashOf([timesHash(rows, order), timesHash(excluded, orderOut)]),
    texts: await textsHash(reader, data),
    protocol: hashOf([declared, pairs, about, study.seed]),
    groups: hashOf(groups.filter(({ published }) => published).map(({ kind, headline }) => [kind, headline])),
    names: namesHash(data),
    state: hashOf([study.state, study.note]),
    progress: hashOf([
      ...[data.slots, data.counts, await skipsOf(reader, study.id)],
      ...(await flagsOf(reader, study.id)),
      ...(await guessesOf(reader, study.id)).map(({ annotatorId, couldTell }) => [annotatorId, couldTell]),
      ...(data.adjudicated ?? []),
      ...writtenIn(await readWritten(reader, data)),
    ]),
    blinding: hashOf(await blindingOf(reader, data)),
  };
}

/** Who could not judge what, and why. */
const skipsOf = async (reader: Reader, studyId: number) =>
  (await skipsInForce(reader, studyId)).map(({ annotatorId, comparisonId, reason }) => [
    annotatorId,
    comparisonId,
    reason,
  ]);

/** Who flagged what; nothing where nobody did, as before anybody could. */
const flagsOf = async (reader: Reader, studyId: number) =>
  (await flagsInForce(reader, studyId)).map(({ annotatorId, promptId, systemId, flag }) => [
    ...[annotatorId, promptId, systemId],
    flag,
  ]);

/** How much people wrote; nothing where nobody did, as before anybody could. */
const writtenIn = (written: object | null): object[] => (written === null ? [] : [written]);

/** What the blinding audit found and what was decided, and who saw the results; nothing where there is neither. */
async function blindingOf(reader: Reader, { facts, annotators }: StudyData): Promise<unknown[]> {
  const audit = (await latestAudit(reader, facts.study.id))?.audit;
  const saw = annotators.flatMap(({ id, sawResults }) => (sawResults ? [id] : []));
  return [...(audit ? [audit] : []), ...saw.sort((a, b) => a - b)];
}

/** The parts in which two differ. Reports that were kept before there were audits have none. */
export const changedBetween = (before: Partial<Inputs>, after: Inputs): InputName[] =>
  INPUT_NAMES.filter((name) => (before[name] ?? NOTHING) !== after[name]);

const hashOf = (value: unknown): string => createHash("sha256").update(JSON.stringify(value)).digest("hex");
const NOTHING = hashOf([]);

/** A row by its id, and what is said of it. */
type Fact = readonly [id: number, ...said: string[]];
const byFirst = (one: Fact, other: Fact): number => one[0] - other[0];

/** What everything is called that a judgment is of or by. */
function namesHash(data: StudyData): string {
  const { facts, prompts, annotators } = data;
  const judged = judgedOf(data);
  const people = annotators.map(({ id, name, group }): Fact => [id, name, facts.groups[group]!.name]);
  return hashOf([
    [facts.study.name, facts.study.public_title],
    facts.systems
      .flatMap(({ id, name, label }, code): Fact[] => (judged.systems[code] ? [[id, name, label]] : []))
      .sort(byFirst),
    prompts.flatMap(({ id, name }, code): Fact[] => (judged.prompts[code] ? [[id, name]] : [])).sort(byFirst),
    people.filter((_, code) => judged.annotators[code]).sort(byFirst),
  ]);
}
