import type { Part } from "../document.ts";

export type FlatPart = Exclude<Part, { kind: "fold" | "choice" }>;

/**
 * Parts for where nothing opens and nothing is chosen: folds and choices one after the other, each below its heading.
 * @param shows which parts the writer shows at all; a heading without any is left out
 */
export function flat(parts: readonly Part[], shows: (part: FlatPart) => boolean): FlatPart[] {
  return parts.flatMap((part): FlatPart[] => {
    if (part.kind === "fold") return below(part.title, flat(part.parts, shows));
    if (part.kind === "choice") {
      const { options } = part;
      const [only] = options.length === 1 ? options : [];
      return only
        ? flat(only.parts, shows)
        : options.flatMap(({ name, parts }) => below(name, flat(parts, shows)));
    }
    return shows(part) ? [part] : [];
  });
}

const below = (text: string, parts: readonly FlatPart[]): FlatPart[] =>
  parts.length === 0 ? [] : [{ kind: "heading", text }, ...parts];
