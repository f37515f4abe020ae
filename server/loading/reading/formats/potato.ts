import type { Choice } from "../../../contract/words.ts";
import { type Fields, restOf } from "../field-map.ts";
import type { FileOptions } from "../options.ts";
import { unpacked } from "../paths.ts";
import { type LoadRecord, RowFault, RowNote } from "../records.ts";
import { idIn, isObject, nameIn, shown } from "../values.ts";
import { judgmentFields } from "./judged.ts";
import { noSide, sideNamed, verdictQuestion } from "./side-named.ts";
import { judgmentOf, SYSTEM_FIELDS } from "./verdict.ts";

const OWN = ["instance_id", "user", "displayed_text", "verdict", ...SYSTEM_FIELDS];
const FIELDS = judgmentFields(OWN, { annotator: "user_id" });
const LABELS = ["A", "B"] as const;

/** What one scheme of the form says. */
interface Scheme {
  readonly choice: Choice | null;
  readonly strength: number | null;
  readonly said: unknown;
}

/** What newer files nest, as the columns that files in columns have: `label_annotations: {NAME: {selection: "A"}}`. */
function inColumns({ label_annotations: schemes, ...row }: Fields): Fields {
  if (!isObject(schemes)) return { ...row };
  const columns = Object.entries(schemes).flatMap(([name, labels]) =>
    Object.entries(isObject(labels) ? labels : {}).map(([label, value]): [string, unknown] => [
      /^(selection|scale_value)$/.test(label) ? `${name}.${label}` : `${name}:::${label}`,
      value,
    ]),
  );
  return { ...row, ...Object.fromEntries(columns) };
}

/**
 * A row of Potato's export: what one user said of one instance, `SCHEME.selection` (A, B or tie) or
 * `SCHEME.scale_value` (below 0: A), in older files `SCHEME:::LABEL`. It holds no names of systems, which are asked for.
 */
export function readPotato(given: Fields, at: number, options: FileOptions): (LoadRecord | RowNote)[] {
  const row = inColumns(given);
  const schemes = schemesIn(row);
  const answers = new Map([...schemes].map(([name, { choice }]) => [name, choice === null ? [] : [choice]]));
  const question = verdictQuestion(answers, LABELS, idIn(row, "verdict"));
  if (question === null) {
    const unread = [...schemes].find(([, { said }]) => said !== null);
    if (unread) throw noSide(unread[0], unread[1].said);
    return [new RowNote("VerdictMissing", "The user left the pair without an answer: no judgment.")];
  }
  const scheme = schemes.get(question);
  if (!scheme || scheme.choice === null) throw noSide(question, scheme?.said);
  const texts = textsIn(row.displayed_text);
  const chosen = columnsOf(row).filter((name) => schemeOf(name) === question);
  const rest = restOf(row, new Set(chosen));
  return [
    judgmentOf({ row: rest, at, options }, FIELDS, {
      ...{ promptId: nameIn(row, "instance_id"), systems: systemsSaid(row), sideKnown: true },
      ...{ choice: scheme.choice, strength: scheme.strength, annotator: idIn(row, "user") },
      ...(texts === null ? {} : { texts }),
    }),
  ];
}

const COLUMN = /^(.+?)(?:\.(selection|scale_value)|:::(.+))$/;
const columnsOf = (row: Fields): string[] => Object.keys(row).filter((name) => COLUMN.test(name));
const schemeOf = (column: string): string => COLUMN.exec(column)?.[1] ?? column;

function schemesIn(row: Fields): Map<string, Scheme> {
  const schemes = new Map<string, Scheme>();
  for (const column of columnsOf(row)) {
    const [, name = "", kind, label = ""] = COLUMN.exec(column) ?? [];
    const value = row[column];
    const isFilled = value !== null && value !== "" && value !== "false" && value !== undefined;
    const none = {
      choice: null,
      strength: null,
      said: isFilled ? (kind === undefined ? label : value) : null,
    };
    if (!isFilled) schemes.set(name, schemes.get(name) ?? none);
    else if (kind === "scale_value") schemes.set(name, scaled(value) ?? none);
    else schemes.set(name, { ...none, choice: sideNamed(kind === undefined ? label : value, LABELS) });
  }
  return schemes;
}

/** A place on the scale: below 0 the left one is better, by so many steps. */
function scaled(value: unknown): Scheme | null {
  const place = Number(value);
  if (!Number.isFinite(place)) return null;
  const choice = place === 0 ? "tie" : place < 0 ? "left" : "right";
  return { choice, strength: Number.isInteger(place) ? Math.abs(place) : null, said: value };
}

function systemsSaid(row: Fields): [string, string] {
  const [first, second] = [idIn(row, "system_a"), idIn(row, "system_b")];
  if (first !== null && second !== null) return [first, second];
  const what = "Potato's files do not name the two systems: set them, the one shown first as system_a";
  throw new RowFault("SystemMissing", `${what} (FILE:system_a:=FIRST,system_b:=SECOND).`, "system_a");
}

/** The two texts, where the older files show them as a list in a cell. */
function textsIn(cell: unknown): [string[], string[]] | null {
  if (typeof cell !== "string" || !cell.startsWith("[")) return null;
  const list = unpacked(cell);
  if (!Array.isArray(list))
    throw new RowFault(
      "TextNotText",
      `displayed_text is ${shown(cell)}, which is no JSON.`,
      "displayed_text",
    );
  const [first, second] = list as unknown[];
  const areTwo = list.length === 2 && typeof first === "string" && typeof second === "string";
  return areTwo ? [[first], [second]] : null;
}
