import { z } from "zod";
import { ENCODING_UNKNOWN, isEncoding } from "./encodings.ts";
import { columnSource } from "./column-source.ts";
import { type FieldMap, type FieldSource, parseFieldMap } from "./field-map.ts";
import { parseGroupName } from "./group-name.ts";
import { FORMAT_UNKNOWN, formatNamed } from "./format-name.ts";
import type { FormatName } from "./options.ts";
import type { GroupName } from "./records.ts";
import { faultsIn, yamlIn } from "./yaml-faults.ts";

/** What a manifest says of one file. */
interface ManifestEntry {
  readonly file: string;
  readonly format: FormatName | null;
  readonly system: string | null;
  readonly annotator: string | null;
  readonly encoding: string | null;
  readonly group: GroupName | null;
  /** The name of a built-in recipe, or a file with one, relative to the manifest's folder. */
  readonly recipe: string | null;
  readonly map: FieldMap;
}

const groupSchema = z.string().transform((text, context) => {
  const group = parseGroupName(text);
  if (group) return group;
  context.addIssue(`“${text}” is no group: write NAME, or NAME:crowd, NAME:author, NAME:model`);
  return z.NEVER;
});

const entrySchema = z.preprocess(
  (entry) => (typeof entry === "string" ? { file: entry } : entry),
  z.strictObject({
    file: z.string(),
    format: z
      .string()
      .refine((name) => formatNamed(name) !== null, FORMAT_UNKNOWN)
      .optional(),
    system: z.string().optional(),
    annotator: z.string().optional(),
    recipe: z.string().optional(),
    encoding: z.string().refine(isEncoding, ENCODING_UNKNOWN).optional(),
    group: groupSchema.optional(),
    /** A text as on the command line, or our fields to theirs (null: ignored). */
    map: z
      .union([z.string(), z.record(z.string(), z.string().nullable())], {
        error: "must be a text such as ours=theirs, or our fields with theirs below it",
      })
      .optional(),
    /** Our fields to constants. */
    set: z
      .record(
        z.string(),
        z.union([z.string(), z.number().transform(String)], { error: "must be a text or a number" }),
      )
      .optional(),
  }),
);

const manifestSchema = z.strictObject({ files: z.array(entrySchema).min(1, "names no file") });

/** Reads a manifest: YAML with a list `files`. @throws Error that says what is wrong and where */
export function readManifest(text: string): ManifestEntry[] {
  const given = yamlIn(text, "The manifest");
  const result = manifestSchema.safeParse(given);
  if (!result.success) {
    const faults = faultsIn(result.error, (path) => whereIn(given, path));
    throw new Error(["The manifest cannot be used:", ...faults].join("\n"));
  }
  return result.data.files.map((entry) => ({
    file: entry.file,
    ...{ format: null, recipe: null, ...formatNamed(entry.format ?? "") },
    system: entry.system ?? null,
    annotator: entry.annotator ?? null,
    encoding: entry.encoding ?? null,
    group: entry.group ?? null,
    ...(entry.recipe !== undefined && { recipe: entry.recipe }),
    map: mapOf(entry.map, entry.set),
  }));
}

function mapOf(
  map: string | Record<string, string | null> | undefined,
  set: Record<string, string> | undefined,
): FieldMap {
  const fields = new Map<string, FieldSource>(typeof map === "string" ? parseFieldMap(map) : []);
  if (typeof map === "object") {
    for (const [ours, theirs] of Object.entries(map)) {
      fields.set(ours, theirs === null ? { ignored: true } : columnSource(theirs));
    }
  }
  for (const [ours, constant] of Object.entries(set ?? {})) fields.set(ours, { constant });
  return fields;
}

/** The place in words: “file 2 (outputs.json), format: ”. */
function whereIn(given: unknown, [list, index, ...fields]: readonly PropertyKey[]): string {
  if (list === undefined) return "at its top: ";
  if (index === undefined) return `${String(list)}: `;
  const entry = (given as { files: unknown[] }).files[Number(index)];
  const name =
    typeof entry === "object" && entry !== null && "file" in entry ? ` (${String(entry.file)})` : "";
  return `${[`file ${Number(index) + 1}${name}`, ...fields.map(String)].join(", ")}: `;
}
