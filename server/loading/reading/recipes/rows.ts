import { createHash } from "node:crypto";
import { type ColumnSource, type Fields, setField, takenBy, valueFrom } from "../column-source.ts";
import { MissingColumns } from "../missing-columns.ts";
import type { FileOptions } from "../options.ts";
import { columnOfPath, unpacked, valueAt } from "../paths.ts";
import { fileProblem, type FileRemark, RowFault, type RowProblem } from "../records.ts";
import type { RowMaker } from "../row-maker.ts";
import { scalarText, ValuesSeen } from "../translation.ts";
import { turnsInCell } from "../turns-in-cell.ts";
import { shown } from "../values.ts";
import { isFilled } from "../vocabulary.ts";
import { chosenFrom, chosenOf } from "./choose.ts";
import { type Mapped, type Recipe, sourceOf, translationOf } from "./recipe.ts";
import { withMap } from "./with-map.ts";

/** A source of `map`: an id made of the row's texts, the same for the same texts in any file; a row's own id comes before it. */
const OF_TEXTS = "@texts";
const TEXTS = ["prompt", "output_a", "output_b", "left_output", "right_output", "output"];

/** Makes rows in our names of a file's, as a recipe says and, before it, the researcher. */
export class RecipeRows implements RowMaker {
  readonly #recipe: Recipe;
  readonly #fileName: string;
  readonly #seen = new ValuesSeen();
  readonly #missing: MissingColumns;
  readonly #constants: readonly (readonly [string, string])[];
  readonly #left = { where: 0, apart: 0 };
  #meant = 0;

  constructor(recipe: Recipe, options: FileOptions) {
    this.#recipe = withMap(recipe, options.map);
    this.#fileName = options.fileName;
    this.#missing = new MissingColumns(namedIn(this.#recipe));
    this.#constants = constantsOf(this.#recipe, options);
  }

  make = (row: Fields): Fields[] => {
    this.#missing.see(row);
    if (!this.#isMeant(row)) return [];
    this.#meant++;
    return this.#entries(this.#withTurns(row)).flatMap((entry) => this.#annotated(this.#cut(entry)));
  };

  missing = (): RowProblem[] => this.#missing.problems();

  problems = (): RowProblem[] => {
    const left = this.#leftOut();
    const isNone = this.#meant === 0 && left.length > 0;
    const none = isNone ? [fileProblem("FileEmpty", `No row is meant. ${left.join(" ")}`)] : [];
    return [...none, ...this.#seen.problems(this.#fileName)];
  };

  remarks = (): FileRemark[] => {
    const { title, remark } = this.#recipe;
    const said: FileRemark[] =
      remark === undefined
        ? []
        : [{ name: "ReadAsRecipe", message: title === undefined ? remark : `${title}: ${remark}` }];
    said.push(...this.#seen.remarks());
    for (const message of this.#leftOut()) said.push({ name: "RowsNotMeant", message });
    return said;
  };

  #leftOut(): string[] {
    const { where, apart } = this.#recipe;
    const filters = Object.entries(where).map(
      ([column, values]) => `${column} is not ${[values].flat().join(" or ")}`,
    );
    const left = this.#left;
    return [
      ...(left.where > 0 ? [`${rows(left.where)} left out: ${filters.join(", or ")}.`] : []),
      ...(left.apart > 0 ? [`${rows(left.apart)} left out: ${apart?.join(" and ")} are the same.`] : []),
    ];
  }

  #isMeant(row: Fields): boolean {
    const { where, apart, same } = this.#recipe;
    for (const [column, values] of Object.entries(where)) {
      if ([values].flat().includes(scalarText(valueAt(row, column)) ?? "")) continue;
      this.#left.where++;
      return false;
    }
    if (apart && JSON.stringify(valueAt(row, apart[0])) === JSON.stringify(valueAt(row, apart[1]))) {
      this.#left.apart++;
      return false;
    }
    if (same && JSON.stringify(valueAt(row, same[0])) !== JSON.stringify(valueAt(row, same[1])))
      throw new RowFault("ConversationWrong", `${same[0]} and ${same[1]} differ.`, same[1]);
    return true;
  }

  /** The row with the turns that its cells hold as JSON. */
  #withTurns(row: Fields): Fields {
    const { turns } = this.#recipe;
    const given = turns.filter((column) => typeof row[column] === "string" || Array.isArray(row[column]));
    return { ...row, ...Object.fromEntries(given.map((column) => [column, turnsInCell(row, column)])) };
  }

  /** A row for each entry of the list that is to be taken apart. */
  #entries(row: Fields): Fields[] {
    const { each } = this.#recipe;
    if (each === undefined) return [row];
    const list = unpacked(valueAt(row, each));
    if (!Array.isArray(list)) {
      if (list === undefined) return [row];
      throw new RowFault("TextNotText", `${each} is ${shown(list)}, which is no list.`, each);
    }
    const column = columnOfPath(row, each);
    return list.map((entry: unknown) => ({ ...row, [column]: entry }));
  }

  #cut(row: Fields): Fields {
    const { split } = this.#recipe;
    if (split === undefined) return row;
    const { column, by, into } = split;
    const text = scalarText(valueAt(row, column)) ?? "";
    const parts = text.split(by);
    if (parts.length !== into.length) {
      const what = `${column} is ${shown(text)}, which “${by}” does not cut into ${into.length} parts (${into.join(", ")}).`;
      throw new RowFault("FieldMissing", what, null);
    }
    const cut: Fields = {};
    for (const name of Object.keys(row))
      if (name !== columnOfPath(row, column)) setField(cut, name, row[name]);
    into.forEach((name, i) => setField(cut, name, parts[i]?.trim()));
    return cut;
  }

  /** A row for each column with a verdict, and for each with an output. */
  #annotated(row: Fields): Fields[] {
    const { annotators, outputs } = this.#recipe;
    const gone = new Set([...(annotators?.columns ?? []), ...Object.values(outputs ?? {})]);
    const rest = gone.size === 0 ? row : without(row, gone);
    if (outputs !== undefined)
      return Object.entries(outputs).flatMap(([system, column]) => {
        const output = valueAt(row, column);
        return output === undefined || output === null ? [] : [{ ...this.#mapped(rest), system, output }];
      });
    if (annotators === undefined) return [this.#mapped(row)];
    const { columns, values = {}, others } = annotators;
    const translation = translationOf(values, others);
    return columns.flatMap((column) => {
      const said = valueAt(row, column);
      if (said === undefined || said === null || said === "") return [];
      const winner =
        translation.values.size === 0 ? said : this.#seen.translate("winner", { column, translation }, said);
      return [{ ...this.#mapped(rest), annotator: column, winner }];
    });
  }

  /** A row in our names: mapped fields, constants, and what is left of the row. */
  #mapped(row: Fields): Fields {
    const mapped = Object.entries(this.#recipe.map);
    const fields: Fields = {};
    const gone = new Set<string>(mapped.map(([ours]) => ours));
    for (const [ours, theirs] of mapped) {
      if (theirs === null || theirs.from === OF_TEXTS) continue;
      const { value, takes } = this.#valueOf(row, ours, theirs);
      takes.forEach((column) => gone.add(column));
      if (value !== undefined) setField(fields, ours, value);
      if (isNumber(theirs) && theirs.from === ours) setField(fields, `${ours}_value`, row[ours]);
    }
    for (const [ours, constant] of this.#constants) {
      gone.add(ours);
      setField(fields, ours, constant);
    }
    const made: Fields = {};
    for (const name of Object.keys(row)) if (!gone.has(name)) setField(made, name, row[name]);
    for (const name of Object.keys(fields)) setField(made, name, fields[name]);
    for (const [ours, theirs] of mapped)
      if (theirs?.from === OF_TEXTS) setField(made, ours, isFilled(row[ours]) ? row[ours] : idOfTexts(made));
    return made;
  }

  #valueOf(row: Fields, ours: string, mapped: Mapped): { value: unknown; takes: readonly string[] } {
    const source = sourceOf(mapped);
    if (source === null || isNumber(mapped)) {
      const taken = mapped.one_of === undefined ? [] : chosenOf(mapped); // numbers stay, as metadata
      const takes = taken.map((column) => column.replace(/\?$/, ""));
      return { value: chosenFrom(row, ours, mapped), takes };
    }
    return { value: valueFrom(row, source, { field: ours, seen: this.#seen }), takes: takenBy(row, source) };
  }
}

/** Whether a choice is made of one number. */
const isNumber = ({ threshold }: Mapped): boolean => threshold !== undefined;

/** The columns that a recipe names and that a file must have. */
function namedIn(recipe: Recipe): ColumnSource[] {
  const { map, split, each, annotators, outputs, where } = recipe;
  const made = new Set([OF_TEXTS, ...(split?.into ?? [])]);
  const mapped = Object.entries(map).flatMap(([, theirs]): ColumnSource[] => {
    if (theirs === null) return [];
    const source = sourceOf(theirs);
    return source === null ? chosenOf(theirs).map((column) => ({ column })) : [source];
  });
  const others = [
    ...Object.keys(where),
    ...(split ? [split.column] : []),
    ...(each === undefined ? [] : [each]),
    ...(annotators?.columns ?? []),
    ...Object.values(outputs ?? {}),
  ].map((column) => ({ column }));
  return [...mapped, ...others].filter(({ column }) => !made.has(column));
}

/** Constants, but for what the researcher said of the whole file. */
function constantsOf(recipe: Recipe, { system, annotator, group }: FileOptions): [string, string][] {
  const { map, set, sides, group: recipeGroup } = recipe;
  const general: [string, string][] = [
    ...(sides === "unknown" ? ([["side_known", "false"]] as [string, string][]) : []),
    ...(recipeGroup === undefined ? [] : ([["group", recipeGroup]] as [string, string][])),
  ];
  const all = [...Object.entries(set), ...general.filter(([ours]) => !(ours in set) && !(ours in map))];
  const said = new Map<string, unknown>(Object.entries({ system, annotator, group }));
  return all.filter(([ours]) => (said.get(ours) ?? null) === null);
}

function idOfTexts(row: Fields): string {
  const texts = TEXTS.map((name) => row[name] ?? null);
  return `pair-${createHash("sha256").update(JSON.stringify(texts)).digest("hex").slice(0, 12)}`;
}

function without(row: Fields, columns: ReadonlySet<string>): Fields {
  const gone = new Set([...columns].map((column) => columnOfPath(row, column)));
  return Object.fromEntries(Object.entries(row).filter(([name]) => !gone.has(name)));
}

const rows = (count: number): string => (count === 1 ? "1 row is" : `${count.toLocaleString("en")} rows are`);
