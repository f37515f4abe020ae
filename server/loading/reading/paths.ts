/** One step into a value: to a field by name, to a place in a list (from 0; -1 is the last), or to the entries with a value. */
type Step =
  { readonly name: string } | { readonly place: number } | { readonly field: string; readonly is: string };

type Fields = Readonly<Record<string, unknown>>;

const STEP = /\.?([^.[\]]+)|\[(-?\d+)\]|\[([^=[\]]+)=([^[\]]*)\]/y;

const parsed = new Map<string, readonly Step[]>();
const PARSED_MAX = 1000;

/** The steps of a path; one step with the whole text where it is no path. */
function stepsOf(path: string): readonly Step[] {
  const there = parsed.get(path);
  if (there) return there;
  const steps: Step[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < path.length) {
    const found = STEP.exec(path);
    if (!found) {
      steps.splice(0, Infinity, { name: path });
      break;
    }
    const [, name, place, field, is] = found;
    if (name !== undefined) steps.push({ name });
    else if (place !== undefined) steps.push({ place: Number(place) });
    else steps.push({ field: field ?? "", is: is ?? "" });
  }
  if (parsed.size < PARSED_MAX) parsed.set(path, steps);
  return steps;
}

/**
 * What stands in a row under a name, or else at the end of a path: `a.b`, `a[0]` or `a.0`, `a[-1]`, `a[role=user].b`. A
 * name within a list is that of each of its entries, and a text that is a JSON object or list is reached into. Undefined
 * where nothing stands.
 */
export function valueAt(row: Fields, path: string): unknown {
  if (Object.hasOwn(row, path)) return row[path];
  if (path === "") return undefined;
  let value: unknown = row;
  for (const step of stepsOf(path)) {
    value = stepInto(unpacked(value), step);
    if (value === undefined) return undefined;
  }
  return value;
}

/** The column that a path begins in. */
export function columnOfPath(row: Fields, path: string): string {
  if (Object.hasOwn(row, path)) return path;
  const [first] = stepsOf(path);
  return first !== undefined && "name" in first ? first.name : path;
}

function stepInto(value: unknown, step: Step): unknown {
  if (Array.isArray(value)) return stepIntoList(value, step);
  if (typeof value !== "object" || value === null) return undefined;
  const name = "name" in step ? step.name : "place" in step ? String(step.place) : null;
  return name !== null && Object.hasOwn(value, name) ? (value as Fields)[name] : undefined;
}

function stepIntoList(list: readonly unknown[], step: Step): unknown {
  if ("field" in step) {
    const found = list.filter((one) => String(stepInto(one, { name: step.field })) === step.is);
    return found.length > 0 ? found : undefined;
  }
  if ("place" in step) return list.at(step.place);
  if (/^-?\d+$/.test(step.name)) return list.at(Number(step.name));
  const inner = list.map((one) => stepInto(one, step)).filter((one) => one !== undefined);
  return inner.length > 0 ? inner : undefined;
}

/** A text that holds a JSON object or list, as that; any other value as it is. */
export function unpacked(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
