import type { Blinding } from "../../contract/blinding.ts";
import { allRows } from "../rows/all-rows.ts";
import { onlyRows } from "../rows/only-rows.ts";
import { headlineOf } from "../pairs/headline.ts";
import { isLeftOut } from "../rows/read-rows.ts";
import type { StudyData } from "../rows/study-data.ts";
import type { Audited } from "./read-blinding.ts";

/**
 * What an audit found, and the headline three ways: with what is left out, as counted, and without every comparison in which something was
 * found and not masked. Excluded annotators are in none of them.
 */
export function blindingOf(data: StudyData, audited: Audited | null): Blinding | null {
  if (audited === null) return null;
  const { audit, affected } = audited;
  const leftOut = data.leftOut?.count ?? 0;
  if (data.rows.count + leftOut === 0 || affected.size === 0) return { ...audit, leftOut, pairs: [] };
  const all = headlineOf(
    data,
    data.leftOut ? allRows({ rows: data.rows, excluded: data.leftOut }) : data.rows,
  );
  const counted = headlineOf(data, data.rows);
  const unaffected = headlineOf(data, onlyRows(data, (rows, i) => !isLeftOut(affected, rows, i)).rows);
  return {
    ...audit,
    leftOut,
    pairs: all.map(({ system, against, figures }, i) => ({
      ...{ system, against, all: figures },
      counted: counted[i]!.figures,
      unaffected: unaffected[i]!.figures,
    })),
  };
}
