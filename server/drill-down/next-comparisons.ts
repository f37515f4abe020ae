import type { JudgedQuery } from "../contract/judged.ts";
import type { ReadingPlace } from "../analysis/reading/reading.ts";
import type { Reader } from "../storage/database.ts";
import { type ComparisonRow, comparisonsAfter, comparisonsAt } from "./judged-rows.ts";

/** Comparisons per page, and per query: one takes about a screen to read, and no page is taller than ten. */
export const A_PAGE = 8;
/** Comparisons looked through for one page: a filter that hardly anything meets goes on with the next page. */
export const LOOKED_THROUGH = 1000;

/** A comparison, with the cursor that leads to what comes after it. */
type Next = ComparisonRow & { readonly cursor: string };

/** Whether a query asks for an order or a filter that needs every judgment of the study. */
export const isSorted = ({ sort, text, mark }: JudgedQuery): boolean =>
  sort !== "made" || text !== undefined || mark !== undefined;

/** The comparisons of a study as they were made, some at a time. */
export async function* asTheyWereMade(
  reader: Reader,
  studyId: number,
  { after, ...wanted }: Omit<Parameters<typeof comparisonsAfter>[2], "limit">,
): AsyncGenerator<Next[]> {
  for (let from = after; ;) {
    const found = await comparisonsAfter(reader, studyId, { ...wanted, after: from, limit: A_PAGE });
    yield found.map((one) => ({ ...one, cursor: String(one.id) }));
    if (found.length < A_PAGE) return;
    from = found.at(-1)!.id;
  }
}

/** Those at these places, some at a time. */
export async function* atPlaces(
  reader: Reader,
  studyId: number,
  places: readonly ReadingPlace[],
): AsyncGenerator<Next[]> {
  for (let from = 0; from < places.length; from += A_PAGE) {
    const some = places.slice(from, from + A_PAGE);
    const rows = await comparisonsAt(reader, studyId, some);
    yield rows.map((row) => {
      const place = some.find(
        ({ promptId, turn, low, high }) =>
          promptId === row.promptId && turn === row.turn && low === row.low && high === row.high,
      );
      return { ...row, cursor: place!.cursor };
    });
  }
}
