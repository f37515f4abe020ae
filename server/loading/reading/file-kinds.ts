/** A kind of file that holds no rows as text, recognised by its first bytes. */
interface FileKind {
  readonly is: (bytes: Buffer) => boolean;
  readonly message: (file: string) => string;
}

const startsWith =
  (text: string, at = 0) =>
  (bytes: Buffer): boolean =>
    bytes.subarray(at, at + text.length).equals(Buffer.from(text, "latin1"));

/** The name without its ending. */
const stem = (file: string, ending: RegExp): string => file.replace(ending, "") || file;
const quoted = (text: string): string =>
  /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

const ZIP = "PK\x03\x04";
const zipWith = (name: RegExp) => (bytes: Buffer) =>
  startsWith(ZIP)(bytes) && name.test(bytes.toString("latin1"));
const isOfficeDocument = zipWith(/\[Content_Types\]\.xml|docProps\/|xl\/w/);

/** Whether a file is a log of inspect_ai: a zip archive that begins with its journal. */
export const isInspectLog = (bytes: Buffer): boolean =>
  startsWith(ZIP)(bytes) && startsWith("_journal/", 30)(bytes);

/** Whether a file is Parquet. */
export const isParquet = startsWith("PAR1");

/** Whether a file is a workbook of a spreadsheet: an Office document that says so, or is named so. */
export const isWorkbook = (bytes: Buffer, file: string): boolean =>
  isOfficeDocument(bytes) && (/\.xls[xm](\.\w+)?$/i.test(file) || bytes.includes("xl/w"));

/** Whether a file is a zip archive, and no document of an office that is packed as one. */
export const isZip = (bytes: Buffer): boolean =>
  startsWith("PK\x05\x06")(bytes) || (startsWith(ZIP)(bytes) && !isOfficeDocument(bytes));

/** Whether a file is a tar archive. */
export const isTar = startsWith("ustar", 257);

/** Of two that fit, the first is meant. */
const KINDS: readonly FileKind[] = [
  {
    is: (bytes) => startsWith("\x1f\x8b")(bytes) || startsWith("\x28\xb5\x2f\xfd")(bytes),
    message: () => "The file is compressed twice. Unpack it once, and load what comes of it.",
  },
  {
    is: isOfficeDocument,
    message: () =>
      "The file is an Office document. Loading takes a workbook (xlsx), CSV, JSON or JSON lines.",
  },
  {
    is: isZip,
    message: (file) => {
      const folder = quoted(stem(file, /\.zip$/i));
      return `The file is a zip archive within another. Unpack it (unzip ${quoted(file)} -d ${folder}), and load the files in it (${folder}/…).`;
    },
  },
  {
    is: isTar,
    message: (file) =>
      `The file is a tar archive within another. Unpack it (tar xf ${quoted(file)}), and load the files in it.`,
  },
  {
    is: startsWith("\xfd7zXZ"),
    message: (file) =>
      `The file is compressed with xz. Unpack it (unxz -k ${quoted(file)}), and load what comes of it.`,
  },
  {
    is: startsWith("BZh"),
    message: (file) =>
      `The file is compressed with bzip2. Unpack it (bunzip2 -k ${quoted(file)}), and load what comes of it.`,
  },
  {
    is: startsWith("7z\xbc\xaf\x27\x1c"),
    message: (file) =>
      `The file is a 7z archive. Unpack it (7z x ${quoted(file)}), and load the files in it.`,
  },
  {
    is: startsWith("version https://git-lfs"),
    message: () =>
      "The file is a pointer of Git LFS, not the file itself. Fetch it (git lfs pull), and load it again.",
  },
  {
    is: startsWith("SQLite format 3\0"),
    message: () =>
      "The file is a SQLite database. Write the rows that are meant as CSV or JSON lines, and load those.",
  },
  {
    is: startsWith("%PDF"),
    message: () => "The file is a PDF. Write its rows as CSV or JSON lines, and load those.",
  },
  {
    is: (bytes) =>
      ["\x89PNG", "\xff\xd8\xff", "GIF8", "II*\0", "MM\0*"].some((text) => startsWith(text)(bytes)) ||
      (startsWith("RIFF")(bytes) && startsWith("WEBP", 8)(bytes)),
    message: () => "The file is an image. Loading takes text: CSV, TSV, JSON or JSON lines.",
  },
  {
    is: startsWith("\xd0\xcf\x11\xe0"),
    message: () => "The file is an old Office document (xls or doc). Save it as “CSV UTF-8”, and load that.",
  },
  {
    is: (bytes) => /^\s*<(!doctype html|html|\?xml)/i.test(bytes.toString("latin1", 0, 200)),
    message: () =>
      "The file is a page of HTML or XML, not data. If it was downloaded, the address gave a page: fetch the file itself.",
  },
];

/**
 * What a file is that holds no rows as text, and what to do; null where its first bytes name nothing of the kind.
 * @param file as it was typed
 */
export const whyNoRows = (bytes: Buffer, file: string): string | null =>
  KINDS.find(({ is }) => is(bytes))?.message(file) ?? null;
