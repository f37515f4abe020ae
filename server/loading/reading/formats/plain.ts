import { type Fields, restOf } from "../field-map.ts";
import { type FileOptions, systemFromName } from "../options.ts";
import { type LoadRecord, RowFault } from "../records.ts";
import { choiceIn, idIn, nameIn, optionalText, turnsIn, winnerIn } from "../values.ts";
import { judgedBy } from "./judged.ts";

const PROMPT_FIELDS = new Set(["prompt_id", "prompt", "source", "split"]);
const RESPONSE_FIELDS = new Set(["prompt_id", "prompt", "system", "output"]);
const SIDES = ["left_system", "right_system", "choice"];
const NAMES = ["system_a", "system_b", "winner"];

/** One row of a plain file: a judgment if it names two systems, else a response if it has an output, else a prompt. */
export function readPlain(row: Fields, at: number, options: FileOptions): LoadRecord[] {
  if (hasAny(row, SIDES.slice(0, 2)) || hasAny(row, NAMES.slice(0, 2)))
    return [plainJudgment(row, at, options)];
  if (row.output !== undefined) return [plainResponse(row, at, options)];
  if (row.prompt !== undefined) return [plainPrompt(row, at)];
  const needed = "a prompt, an output, or left_system, right_system and choice";
  throw new RowFault("FieldMissing", `The row has none of what a row can be: ${needed}.`);
}

const hasAny = (row: Fields, fields: readonly string[]): boolean =>
  fields.some((field) => row[field] !== undefined);

const promptTurns = (row: Fields): string[] | null =>
  row.prompt === undefined || row.prompt === null || row.prompt === "" ? null : turnsIn(row, "prompt");

function plainPrompt(row: Fields, at: number): LoadRecord {
  const source = optionalText(row, "source");
  const split = optionalText(row, "split");
  return {
    kind: "prompt",
    row: at,
    promptId: idIn(row, "prompt_id"),
    turns: turnsIn(row, "prompt"),
    metadata: restOf(row, PROMPT_FIELDS),
    ...(source === null ? {} : { source }),
    ...(split === null ? {} : { split }),
  };
}

function plainResponse(row: Fields, at: number, options: FileOptions): LoadRecord {
  return {
    kind: "response",
    row: at,
    promptId: idIn(row, "prompt_id"),
    promptTurns: promptTurns(row),
    system: idIn(row, "system") ?? options.system ?? systemFromName(options.fileName),
    turns: turnsIn(row, "output"),
    metadata: restOf(row, RESPONSE_FIELDS),
  };
}

function plainJudgment(row: Fields, at: number, options: FileOptions): LoadRecord {
  const common = {
    kind: "judgment",
    row: at,
    promptId: idIn(row, "prompt_id"),
    promptTurns: promptTurns(row),
  } as const;
  if (row.left_system !== undefined || row.right_system !== undefined) {
    return {
      ...common,
      leftSystem: nameIn(row, "left_system"),
      rightSystem: nameIn(row, "right_system"),
      sideKnown: true,
      choice: choiceIn(row, "choice"),
      ...judgedBy(row, options, SIDES),
    };
  }
  const systems: [string, string] = [nameIn(row, "system_a"), nameIn(row, "system_b")];
  return {
    ...common,
    leftSystem: systems[0],
    rightSystem: systems[1],
    sideKnown: true,
    choice: winnerIn(row, "winner", systems),
    ...judgedBy(row, options, NAMES),
  };
}

const NEVER_SYSTEMS = new Set([...PROMPT_FIELDS, "turn", "category", "id"]);

/** A wide row: a prompt and one column a system. Columns of the study's systems are, if it has any; else all others. */
export function readWide(row: Fields, at: number, options: FileOptions): LoadRecord[] {
  const known = new Set(options.knownSystems ?? []);
  const others = Object.keys(row).filter((key) => !NEVER_SYSTEMS.has(key));
  const matching = others.filter((key) => known.has(key));
  const systems = matching.length > 0 ? matching : others;
  if (systems.length === 0) throw new RowFault("SystemMissing", "A wide row needs one column a system.");
  const promptId = idIn(row, "prompt_id");
  const turns = promptTurns(row);
  const metadata = restOf(row, new Set([...PROMPT_FIELDS, ...systems]));
  const prompt: LoadRecord[] = turns ? [{ kind: "prompt", row: at, promptId, turns, metadata }] : [];
  const responses = systems
    .filter((system) => row[system] !== undefined && row[system] !== null)
    .map((system): LoadRecord => {
      const common = { kind: "response", row: at, promptId, promptTurns: turns, system } as const;
      return { ...common, turns: turnsIn(row, system), metadata: {} };
    });
  return [...prompt, ...responses];
}
