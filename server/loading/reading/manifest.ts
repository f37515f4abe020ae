import { parse } from "yaml";
import { z } from "zod";
import { type FieldMap, type FieldSource, parseFieldMap } from "./field-map.ts";
import { FORMATS, type FormatName, parseGroupName } from "./options.ts";
import type { GroupName } from "./records.ts";

/** What a manifest says of one file. */
export interface ManifestEntry {
  readonly file: string;
  readonly format: FormatName | null;
  readonly system: string | null;
  readonly annotator: string | null;
  readonly group: GroupName | null;
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
    format: z.enum(FORMATS).optional(),
    system: z.string().optional(),
    annotator: z.string().optional(),
    group: groupSchema.optional(),
    /** A text as on the command line, or our fields to theirs (null: ignored). */
    map: z.union([z.string(), z.record(z.string(), z.string().nullable())]).optional(),
    /** Our fields to constants. */
    set: z.record(z.string(), z.union([z.string(), z.number().transform(String)])).optional(),
  }),
);

const manifestSchema = z.strictObject({ files: z.array(entrySchema).min(1) });

/** Reads a manifest: YAML with a list `files`. @throws Error that says what is wrong and where */
export function readManifest(text: string): ManifestEntry[] {
  const result = manifestSchema.safeParse(parse(text));
  if (!result.success) {
    const faults = result.error.issues.map(
      (issue) => `${issue.path.join(".") || "manifest"}: ${issue.message}`,
    );
    throw new Error(`The manifest cannot be used. ${faults.join("; ")}.`);
  }
  return result.data.files.map((entry) => ({
    file: entry.file,
    format: entry.format ?? null,
    system: entry.system ?? null,
    annotator: entry.annotator ?? null,
    group: entry.group ?? null,
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
      fields.set(ours, theirs === null ? { ignored: true } : { column: theirs });
    }
  }
  for (const [ours, constant] of Object.entries(set ?? {})) fields.set(ours, { constant });
  return fields;
}
