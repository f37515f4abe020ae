import { open } from "node:fs/promises";
import { inspect } from "node:util";
import { TiebreakError } from "../contract/errors.ts";

/** A key that cannot be used, and what to do about it. Its message never holds the key. */
class KeyUnusable extends TiebreakError {
  constructor(message: string) {
    super("KeyUnusable", 400, message);
  }
}

const HIDDEN = "[key]";

/** Shorter ones are placeholders like "none", and words that may stand in any text. */
const SECRET_LENGTH_MIN = 8;

/** A key for one origin. However it is printed, it does not show itself. */
export class Key {
  readonly #secret: string;

  constructor(
    secret: string,
    /** As of a URL: the scheme, host and port that the key was given for. */
    readonly origin: string,
  ) {
    this.#secret = secret;
  }

  /** The key itself. */
  reveal(): string {
    return this.#secret;
  }

  /** The key, for this origin alone. @throws KeyUnusable for any other */
  for(origin: string): string {
    if (origin === this.origin) return this.#secret;
    throw new KeyUnusable(`The key was given for ${this.origin}. Give the one for ${origin}.`);
  }

  /** A text with "[key]" wherever it holds the key, also as it is written in JSON and in addresses. */
  redact(text: string): string {
    if (this.#secret.length < SECRET_LENGTH_MIN) return text;
    const written = new Set([
      this.#secret,
      JSON.stringify(this.#secret).slice(1, -1),
      encodeURIComponent(this.#secret),
    ]);
    return [...written].reduce((rest, form) => rest.replaceAll(form, HIDDEN), text);
  }

  toString(): string {
    return HIDDEN;
  }

  toJSON(): string {
    return HIDDEN;
  }

  [inspect.custom](): string {
    return HIDDEN;
  }
}

interface KeyWanted {
  /** The address that the key is for. */
  readonly url: URL;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The variable that somebody named. */
  readonly variable?: string | undefined;
  /** The variable that is looked at where nobody named anything; null: none. */
  readonly defaultVariable: string | null;
  /** A file with nothing but the key, that only its owner can read. */
  readonly file?: string | undefined;
}

/**
 * The key for an address, from the environment or a file; null where nobody named one and the adapter's own variable is
 * not set, as is usual for servers of one's own.
 * @throws KeyUnusable
 */
export async function readKey(wanted: KeyWanted): Promise<Key | null> {
  const { url, env, variable, defaultVariable, file } = wanted;
  if (variable !== undefined && file !== undefined)
    throw new KeyUnusable("Name a variable or a file for the key, not both.");
  if (file !== undefined) return new Key(checked(await readKeyFile(file), file), url.origin);
  const name = variable ?? defaultVariable;
  if (name === null) return null;
  const value = env[name]?.trim() ?? "";
  if (value !== "") return new Key(checked(value, name), url.origin);
  if (variable !== undefined) throw new KeyUnusable(`The environment variable ${variable} is not set.`);
  return null;
}

const FILE_BYTES_MAX = 16_384;

async function readKeyFile(file: string): Promise<string> {
  const handle = await open(file, "r").catch((error: NodeJS.ErrnoException) => {
    throw new KeyUnusable(`The key file ${file} cannot be read (${error.code ?? error.name}).`);
  });
  try {
    // Of the file that is open, so that it cannot be another one than was looked at.
    const { mode, uid, size, isPlain } = await handle
      .stat()
      .then((stat) => ({ mode: stat.mode, uid: stat.uid, size: stat.size, isPlain: stat.isFile() }));
    if (!isPlain || size > FILE_BYTES_MAX) throw new KeyUnusable(`${file} is not a file with a key.`);
    const user = process.getuid?.();
    if (user !== undefined && (mode & 0o077) !== 0)
      throw new KeyUnusable(`Others can read the key file. Run: chmod 600 ${file}`);
    if (user !== undefined && uid !== user)
      throw new KeyUnusable(
        `The key file ${file} belongs to another user. Become its owner, then run: chmod 600 ${file}`,
      );
    return await handle.readFile("utf8");
  } finally {
    await handle.close();
  }
}

/** Only what may stand in a header, so that no error about the header can quote it. */
function checked(text: string, from: string): string {
  const key = text.trim();
  if (key === "") throw new KeyUnusable(`There is no key in ${from}.`);
  if (/^[\x21-\x7e]+$/.test(key)) return key;
  throw new KeyUnusable(
    `The content of ${from} is not a key: a key is one word of plain letters, digits and signs.`,
  );
}
