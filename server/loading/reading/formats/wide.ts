import { outputIn } from "../conversation.ts";
import { type Fields, restOf } from "../field-map.ts";
import type { FileOptions } from "../options.ts";
import { type LoadRecord, RowFault } from "../records.ts";
import { idIn } from "../values.ts";
import { PROMPT_FIELDS, promptAlong, promptOf } from "./plain.ts";

export const NEVER_SYSTEMS: ReadonlySet<string> = new Set([...PROMPT_FIELDS, "turn", "category", "id"]);

/**
 * A wide row: a prompt and one column a system. The columns that are systems of the study are the systems; where
 * none is and the format was asked for, those that look like outputs. What is missing or null is no output.
 */
export function readWide(row: Fields, at: number, options: FileOptions): LoadRecord[] {
  const systems = systemsOf(row, options);
  const promptId = idIn(row, "prompt_id");
  const turns = promptAlong(row);
  if (systems.length === 0 && !(turns && options.format === null))
    throw new RowFault("SystemMissing", "A wide row needs one column a system.");
  const metadata = restOf(row, new Set([...PROMPT_FIELDS, ...systems]));
  const prompt: LoadRecord[] = turns ? [promptOf(row, { at, promptId, turns, metadata })] : [];
  const responses = systems
    .filter((system) => row[system] !== undefined && row[system] !== null)
    .map((system): LoadRecord => {
      const common = { kind: "response", row: at, promptId, promptTurns: turns, system } as const;
      return { ...common, turns: outputIn(row, system), metadata: turns ? {} : metadata };
    });
  return [...prompt, ...responses];
}

/** Of names that objects treat specially there are none: nothing would be found under them. */
function systemsOf(row: Fields, options: FileOptions): string[] {
  const others = Object.keys(restOf(row, NEVER_SYSTEMS));
  const known = others.filter((name) => options.knownSystems?.includes(name));
  if (known.length > 0 || options.format === null) return known;
  const { wideColumns } = options;
  return wideColumns === undefined ? others : others.filter((name) => wideColumns.includes(name));
}
