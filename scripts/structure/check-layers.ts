import path from "node:path";
import type { Import, Module } from "./module.ts";
import { resolveImport } from "./module.ts";
import type { Room, Rules } from "./rooms.ts";

const NOTHING: Room = { imports: [] };

/**
 * Checks that every file imports only what its room may, that every import can be read, and that a table is written by its
 * own rooms alone.
 * @param modules the files of the rooms; others are left unchecked
 * @returns a line for each violation, in order of the files
 */
export function checkLayers(modules: readonly Module[], rules: Rules): string[] {
  const files = new Set(modules.map((module) => module.path));
  return modules.flatMap((module) => {
    const room = roomOf(module.path, rules);
    if (room === null) return [];
    const imports = module.imports.flatMap((one) => {
      const problem = problemOf(one, { from: module.path, room, rules, files });
      return problem === null ? [] : [`${module.path}:${one.line} ${problem}`];
    });
    const writes = module.writes.flatMap(({ table, line }) => {
      const problem = problemOfWriting(table, room, rules);
      return problem === null ? [] : [`${module.path}:${line} ${problem}`];
    });
    return [...imports, ...writes];
  });
}

/** Rooms that are not below server/. */
const TOP_ROOMS = new Set(["client", "migrations", "sqlite-driver"]);
/** Stands in the rules for whatever table is written: a whole database is brought back. */
const EVERY_TABLE = "*";

/** Rules that no file needs: rooms that are not there, rooms that write no such table. */
export function findIdleRules(modules: readonly Module[], rules: Rules): string[] {
  const rooms = new Set(modules.map((module) => roomOf(module.path, rules)));
  const written = new Set(
    modules.flatMap((module) =>
      module.writes.map(({ table }) => `${table ?? EVERY_TABLE} by ${roomOf(module.path, rules)}`),
    ),
  );
  const missing = Object.keys(rules.rooms).filter((room) => !rooms.has(room));
  const idle = Object.entries(rules.writers).flatMap(([table, writers]) =>
    writers.map((room) => `${table} by ${room}`).filter((one) => !written.has(one)),
  );
  return [
    ...missing.map((room) => `The rules name the room ${room}, which does not exist.`),
    ...idle.map((one) => `The rules permit writes to ${one}, and there are none.`),
  ];
}

/**
 * The room of a file: the innermost folder that has a rule, else the folder below server/, or the file's own name there, or
 * the folder at the top; null outside of all.
 */
export function roomOf(file: string, { rooms }: Rules): string | null {
  const [top = "", ...rest] = file.split("/");
  if (top !== "server") return TOP_ROOMS.has(top) ? top : null;
  for (let depth = rest.length - 1; depth > 1; depth--) {
    const inner = rest.slice(0, depth).join("/");
    if (Object.hasOwn(rooms, inner)) return inner;
  }
  return rest[0]!.replace(/\.\w+$/, "");
}

/** Whether a room is one of these, or within one. */
const isWithin = (room: string | null, others: readonly string[]): boolean =>
  others.some((other) => room === other || room?.startsWith(`${other}/`));

function problemOf(
  { specifier, isType }: Import,
  { from, room, rules, files }: { from: string; room: string; rules: Rules; files: ReadonlySet<string> },
): string | null {
  if (specifier === null) return "computes what it imports: write the path as one string.";
  if (/^(?:\/|file:|data:)/.test(specifier)) return `imports ${specifier}: write a relative path.`;
  const { imports, types = [], packages } = rules.rooms[room] ?? NOTHING;
  if (!specifier.startsWith(".")) {
    const name = specifier.startsWith("@") ? specifier.split("/", 2).join("/") : specifier.split("/", 1)[0]!;
    return packages === undefined || packages.includes(name) ? null : `imports ${name}: ${room} is pure.`;
  }
  const target =
    resolveImport(from, specifier, files) ?? path.posix.join(path.posix.dirname(from), specifier);
  const other = roomOf(target, rules);
  if (isWithin(other, [room, ...imports])) return null;
  if (!isWithin(other, types)) return `imports ${target}: ${room} may not import ${other ?? "from there"}.`;
  return isType ? null : `imports ${target}: ${room} takes only types from ${other}.`;
}

function problemOfWriting(table: string | null, room: string, { writers }: Rules): string | null {
  if (table === null) {
    const writesAll = isWithin(room, writers[EVERY_TABLE] ?? []);
    return writesAll ? null : "computes which table it writes to: name it in one string.";
  }
  const allowed = Object.hasOwn(writers, table) ? writers[table]! : [];
  return isWithin(room, allowed)
    ? null
    : `writes to ${table}: that is left to ${allowed.join(", ") || "nobody"}.`;
}
