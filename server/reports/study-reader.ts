import { LRUCache } from "lru-cache";
import type { Reader } from "../storage/database.ts";
import { type FreshRows, readFresh, withFresh } from "../analysis/rows/fresh-rows.ts";
import { type KnownFigures, pairKey } from "../analysis/pairs/pairs.ts";
import type { RowCodes } from "../analysis/rows/read-rows.ts";
import { countLate, keyOf, type StudyKey } from "./snapshot-key.ts";
import { annotatorsOf, readCoded, type StudyData } from "../analysis/rows/study-data.ts";

/** A study as it was read last, and what was computed of it since. */
export interface ReadStudy {
  readonly key: StudyKey;
  readonly times: boolean;
  readonly data: StudyData;
  readonly codes: RowCodes;
  /** Figures of pairs by `pairKey`: what stands here holds for `data`. */
  readonly figures: Map<string, KnownFigures>;
  /** Blocks made of `data`, as JSON text, by what was asked. */
  readonly answers: Answers;
}

export type Answers = LRUCache<string, string>;

/** Characters of the answers that are kept for one study: those asked for last. */
const ANSWERS_MAX = 8_000_000;

const noAnswers = (): Answers =>
  new LRUCache({ maxSize: ANSWERS_MAX, sizeCalculation: ({ length }) => Math.max(1, length) });

/**
 * Reads a study, or brings what is known of it up to date: where only judgments came in, these alone are read, and only
 * the figures of their pairs are forgotten. All of it must run within one `database.read`.
 * @throws StudyNotFound
 */
export async function readAgainOrAnew(
  reader: Reader,
  study: string,
  { known, times }: { known: ReadStudy | undefined; times: boolean },
): Promise<ReadStudy> {
  const key = await keyOf(reader, study);
  const isSame = known !== undefined && JSON.stringify(known.key) === JSON.stringify(key);
  const isEnough = known !== undefined && (known.times || !times);
  if (isSame && isEnough) return known;
  const fresh = isEnough ? await freshSince(reader, known, key) : null;
  if (fresh && known)
    return {
      ...known,
      key,
      data: added(known, fresh),
      figures: untouched(known, fresh),
      answers: noAnswers(),
    };
  const { figures, answers } = isSame ? known : { figures: new Map(), answers: noAnswers() };
  return { key, times, ...(await readCoded(reader, study, { times })), figures, answers };
}

/** What came in since, where nothing else has moved; null: everything must be read. */
async function freshSince(reader: Reader, known: ReadStudy, key: StudyKey): Promise<FreshRows | null> {
  const { data, codes, times } = known;
  const { last, late, surroundings } = known.key;
  if (last === null || data.again.count > 0 || key.surroundings !== surroundings) return null;
  if ((await countLate(reader, data.facts.study.id, last)) !== late) return null;
  const annotators = await annotatorsOf(reader, data.facts);
  const isSame = annotators.every(({ id }, code) => data.annotators[code]?.id === id);
  if (!isSame || annotators.length !== data.annotators.length) return null;
  return readFresh(reader, data.facts, { after: last, codes, times });
}

/** Another map: who computes from the study as it was still fills the old one. */
function untouched({ figures }: ReadStudy, { columns, count }: FreshRows): ReadStudy["figures"] {
  const { low, high } = columns;
  const kept = new Map([...figures].map(([pair, ofPair]) => [pair, new Map(ofPair)]));
  for (let i = 0; i < count; i++) kept.delete(pairKey(low[i]!, high[i]!));
  return kept;
}

function added({ data }: ReadStudy, fresh: FreshRows): StudyData {
  const { counts, slots } = data;
  return {
    ...data,
    rows: withFresh(data.rows, fresh),
    counts: { ...counts, surplus: counts.surplus + fresh.surplus },
    slots: { ...slots, judged: slots.judged + fresh.counted },
  };
}
