import type { Reader } from "../../storage/database.ts";
import { statement } from "../../storage/statement.ts";
import { FEATURES, textFeatures, type TextFeatures } from "../../statistics/judgments/text-features.ts";
import type { StudyData } from "../rows/study-data.ts";
import { publishedLoads } from "../rows/published-loads.ts";

/**
 * What the responses look like that were judged, as numbers: the texts themselves are not kept. A response is counted up
 * to the turn that was judged, since that is what an annotator sees.
 */
export interface ResponseTexts {
  /** Where the response's numbers stand in `columns`; −1 where it was never judged, or its text never loaded. */
  placeOf(response: { prompt: number; system: number; turn: number }): number;
  /** One a feature, in the order of FEATURES. */
  readonly columns: readonly Float64Array[];
}

/** Responses a query. */
const CHUNK = 500;
const PLACES = Array.from({ length: CHUNK }, (_, k) => `p${k}`);

/**
 * Reads the responses that appear in counted judgments, and no others, some hundred at a time. Must run within the
 * `database.read` that `data` was read in.
 */
export async function readTextFeatures(reader: Reader, data: StudyData): Promise<ResponseTexts> {
  const wanted = wantedResponses(data);
  const published = await publishedLoads(reader, data.facts.study.id);
  const promptOf = new Map(data.prompts.map(({ id }, code) => [id, code]));
  const { turns, place } = wanted;
  const columns = FEATURES.map(() => new Float64Array(wanted.count * turns.length).fill(-1));
  const systemCount = data.facts.systems.length;
  for (const [system, { id }] of data.facts.systems.entries()) {
    for (const chunk of wanted.chunksOf(system)) {
      const rows = await reader.run(responsesOf, { system: id, ...chunk });
      for (const row of rows) {
        if (!published.has(row.load_id)) continue;
        const at = place[promptOf.get(row.prompt_id)! * systemCount + system]!;
        writeFeatures(JSON.parse(row.turns) as unknown[], turns, { columns, at: at * turns.length });
      }
    }
  }
  const turnPlace = new Map(turns.map((turn, i) => [turn, i]));
  return {
    columns,
    placeOf: ({ prompt, system, turn }) => {
      const number = place[prompt * systemCount + system] ?? -1;
      const among = turnPlace.get(turn);
      if (number < 0 || among === undefined) return -1;
      const at = number * turns.length + among;
      return columns[0]![at]! < 0 ? -1 : at;
    },
  };
}

interface Wanted {
  readonly count: number;
  /** The turns that were judged, from the first. */
  readonly turns: number[];
  /** By prompt · systems + system the number of the response, −1 for one that nobody judged. */
  readonly place: Int32Array;
  chunksOf(system: number): Iterable<Record<string, number>>;
}

function wantedResponses({ prompts, facts, rows }: StudyData): Wanted {
  const systemCount = facts.systems.length;
  const place = new Int32Array(prompts.length * systemCount).fill(-1);
  const turns = new Set<number>();
  for (let i = 0; i < rows.count; i++) {
    const at = rows.prompt[i]! * systemCount;
    place[at + rows.low[i]!] = 0;
    place[at + rows.high[i]!] = 0;
    if (i === 0 || rows.turn[i] !== rows.turn[i - 1]) turns.add(rows.turn[i]!);
  }
  let count = 0;
  for (let at = 0; at < place.length; at++) if (place[at] === 0) place[at] = count++;
  const byId = prompts.map(({ id }, code) => ({ id, code })).sort((a, b) => a.id - b.id);
  return {
    ...{ count, place, turns: [...turns].sort((a, b) => a - b) },
    *chunksOf(system) {
      const ids = byId.filter(({ code }) => place[code * systemCount + system]! >= 0).map(({ id }) => id);
      for (let from = 0; from < ids.length; from += CHUNK) {
        const chunk: Record<string, number> = {};
        PLACES.forEach((key, k) => {
          chunk[key] = ids[Math.min(from + k, ids.length - 1)]!; // a short chunk asks for its last prompt again
        });
        yield chunk;
      }
    },
  };
}

const responsesOf = statement<Record<string, number>, { prompt_id: number; turns: string; load_id: number }>(
  (db, param) =>
    db
      .selectFrom("response")
      .select(["prompt_id", "turns", "load_id"])
      .where("system_id", "=", param("system"))
      .where(
        "prompt_id",
        "in",
        PLACES.map((key) => param(key)),
      ),
);

/** For each judged turn the features of all turns up to it; nothing for a turn that the response lacks. */
function writeFeatures(
  texts: readonly unknown[],
  turns: readonly number[],
  { columns, at }: { columns: readonly Float64Array[]; at: number },
): void {
  const sums: TextFeatures = { length: 0, headers: 0, lists: 0, bold: 0 };
  let done = 0;
  for (let k = 0; k < turns.length; k++) {
    for (; done < turns[k]!; done++) {
      const text = texts[done];
      if (typeof text !== "string") return;
      const features = textFeatures(text);
      for (const name of FEATURES) sums[name] += features[name];
    }
    FEATURES.forEach((name, j) => (columns[j]![at + k] = sums[name]));
  }
}
