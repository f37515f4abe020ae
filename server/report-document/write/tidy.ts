import type { FullReport } from "../../contract/report.ts";
import type { CsvCell } from "./csv-text.ts";
import { aboutOf, type About, KEYS, type Key } from "./tidy-about.ts";

/** The columns of the long form: one row a figure. Those of `KEYS` say what it is about. */
export const TIDY_COLUMNS = [
  "section",
  "figure",
  ...KEYS,
  ...(["value", "low", "high", "n", "method", "not_estimable", "text"] as const),
] as const;

/**
 * Every figure of a part of the report in the order of its fields. Figures are named by their path, `a.b.c`;
 * numbers are values (yes and no 1 and 0), words are texts, and a value's interval, method and n stand beside it.
 */
export function tidyRows(report: Partial<FullReport>, part: "all" | keyof FullReport): CsvCell[][] {
  const sections = part === "all" ? (Object.keys(report) as (keyof FullReport)[]) : [part];
  return sections.flatMap((section) => {
    const rows: CsvCell[][] = [];
    walk(report[section], { path: [], about: {} }, ({ path, about }, cells) => {
      const { value = null, low = null, high = null, n = null } = cells;
      const { method = null, notEstimable = null, text = null } = cells;
      const keys = KEYS.map((key: Key) => about[key] ?? null);
      const number = typeof value === "boolean" ? Number(value) : value;
      rows.push([
        section,
        path.join(".") || section,
        ...keys,
        number,
        low,
        high,
        n,
        method,
        notEstimable,
        text,
      ]);
    });
    return rows;
  });
}

interface Cells {
  readonly value?: number | boolean | null;
  readonly low?: number;
  readonly high?: number;
  readonly n?: number;
  readonly method?: string;
  readonly notEstimable?: string;
  readonly text?: string;
}
interface FigureName {
  readonly path: readonly string[];
  readonly about: About;
}
type Add = (place: FigureName, cells: Cells) => void;
type Thing = Readonly<Record<string, unknown>>;

const isThing = (thing: unknown): thing is Thing => typeof thing === "object" && thing !== null;

function walk(thing: unknown, place: FigureName, add: Add): void {
  if (Array.isArray(thing)) thing.forEach((item: unknown, i) => walkItem(item, i, { place, add }));
  else if (isThing(thing)) walkThing(thing, place, add);
  else if (typeof thing === "string") add(place, { text: thing });
  else if (thing !== undefined) add(place, { value: thing as number | boolean | null });
}

/** An item that names what it is about is known by that; another by its number. */
function walkItem(item: unknown, i: number, { place, add }: { place: FigureName; add: Add }): void {
  const { about, rest } = isThing(item) ? aboutOf(item) : { about: null, rest: item };
  const next =
    about === null
      ? { path: [...place.path, String(i + 1)], about: place.about }
      : { path: place.path, about: { ...place.about, ...about } };
  walk(rest, next, add);
}

const ESTIMATE = new Set(["value", "low", "high", "n", "method", "notEstimable"]);

/** An estimate or an interval is one row, and so is a rate beside its counts; of other things each field is. */
function walkThing(thing: Thing, place: FigureName, add: Add): void {
  const names = Object.keys(thing);
  if (names.length > 0 && names.every((name) => ESTIMATE.has(name))) return add(place, thing);
  const inside = (name: string): FigureName => ({ ...place, path: [...place.path, name] });
  const { rate, low, high, method, notEstimable, ...others } = thing;
  const isRate = rate !== undefined && (low !== undefined || notEstimable !== undefined);
  if (isRate) add(inside("rate"), { value: rate, low, high, method, notEstimable } as Cells);
  for (const [name, value] of Object.entries(isRate ? others : thing)) {
    if (name === "winProbabilities") walkMatrix(thing, inside(name), add);
    else if (name === "notEstimable" && value !== null) add(inside(name), { notEstimable: value as string });
    else walk(value, inside(name), add);
  }
}

/** A matrix in the order of the systems beside it: the system of its row against that of its column. */
function walkMatrix(fit: Thing, place: FigureName, add: Add): void {
  const systems = fit.systems as readonly { system: string }[];
  (fit.winProbabilities as readonly (readonly number[])[]).forEach((row, i) =>
    row.forEach((value, j) => {
      const pair = { system: systems[i]!.system, against: systems[j]!.system };
      add({ ...place, about: { ...place.about, ...pair } }, { value });
    }),
  );
}
