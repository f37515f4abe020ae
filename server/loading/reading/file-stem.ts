/** A file's name without the ending that says how it is compressed. */
export const withoutPacking = (name: string): string => name.replace(/\.(gz|gzip|zst|zstd)$/i, "");

/** Endings of files that hold rows. */
const OF_ROWS = /\.(jsonl|ndjson|json|csv|tsv|tab|psv|txt|parquet|xlsx|eval)$/i;

/** A number among others that a file was divided into, as in `train-00000-of-00002`. */
const SHARD = /-\d{5}-of-\d{5}$/;

/** What a file is called, without its folder, its endings and its number among the parts of a divided one. */
export function stemOf(fileName: string): string {
  const base = fileName.split(/[\\/]/).at(-1) ?? fileName;
  return withoutPacking(base).replace(OF_ROWS, "").replace(SHARD, "") || base;
}

/** Whether a file's ending says that it holds rows. */
export const isNamedAsRows = (fileName: string): boolean =>
  OF_ROWS.test(withoutPacking(fileName)) && !/\.txt$/i.test(withoutPacking(fileName));

/** Names that files of all systems have; the system's stands in a folder above. */
const GENERIC =
  /^(outputs?|model_outputs?|results?|scenario_state|display_predictions|predictions?|generations?|responses?|answers?|model_answers?|completions?|samples?(_.*)?|annotations?|generated_predictions|train|test|validation|data)$/i;

/** Whether a file, or a folder, is called as files of any system are. */
export const isGenericName = (name: string): boolean => GENERIC.test(stemOf(name));
