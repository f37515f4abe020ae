import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from "node:zlib";

/** What a server sent back, as far as its form can be told: a JSON value, pieces of a stream, a web page, or neither. */
type BodyRead =
  | { readonly json: unknown }
  | { readonly pieces: readonly unknown[]; readonly isWhole: boolean; readonly isEnded: boolean }
  | { readonly isPage: true }
  | { readonly isPage: false };

/** The most bytes that a packed body may have unpacked. */
const UNPACKED_MAX = 32 * 1024 * 1024;

/**
 * The text of a body as it came over the wire: unpacked, whatever was asked for, and decoded by its charset or its mark.
 * @throws Error where it cannot be unpacked
 */
export function textOfBody(
  bytes: Buffer,
  headers: Readonly<Record<string, string | string[] | undefined>>,
): string {
  const packings = oneOf(headers["content-encoding"])
    .toLowerCase()
    .split(",")
    .map((name) => name.trim());
  const plain = packings.reduceRight((packed, name) => unpacked(packed, name), bytes);
  return decoded(plain, /charset="?([\w.:-]+)/i.exec(oneOf(headers["content-type"]))?.[1] ?? null);
}

/** Reads a body's text. Blanks before it, as servers send to keep a connection, do not matter. */
export function readBody(text: string): BodyRead {
  const trimmed = text.trim();
  const whole = parsed(trimmed);
  if (whole) return { json: single(whole.value) };
  if (/^(?:data|event|id|retry|:)/.test(trimmed)) return streamIn(trimmed);
  const lines = trimmed.split(/\r?\n/).filter((line) => line.trim() !== "");
  const values = lines.map(parsed);
  if (lines.length > 1 && values.every((value) => value !== null))
    return { pieces: values.map(({ value }) => value), isWhole: true, isEnded: false };
  return { isPage: /^<(?:!doctype|html|head|body|\?xml|!--)/i.test(trimmed) };
}

/** Some servers put the one value into a list. */
const single = (value: unknown): unknown =>
  Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value;

/** Server-sent events: each with the data of its lines. It is whole where all can be read, and ended where it says so. */
function streamIn(text: string): BodyRead {
  const data = text
    .split(/\r?\n\r?\n|\r\r/)
    .map((event) =>
      event
        .split(/\r\n|\n|\r/)
        .filter((line) => line.startsWith("data:"))
        .map((line) => line.slice("data:".length).trim())
        .join("\n"),
    )
    .filter((one) => one !== "");
  const values = data.filter((one) => one !== DONE).map(parsed);
  const read = values.filter((value) => value !== null);
  const isWhole = read.length === values.length;
  return { pieces: read.map(({ value }) => value), isWhole, isEnded: data.includes(DONE) };
}

const DONE = "[DONE]";

function parsed(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return null;
  }
}

function unpacked(bytes: Buffer, name: string): Buffer {
  const limits = { maxOutputLength: UNPACKED_MAX };
  if (name === "gzip" || name === "x-gzip") return gunzipSync(bytes, limits);
  if (name === "br") return brotliDecompressSync(bytes, limits);
  if (name !== "deflate") return name === "" || name === "identity" ? asSent(bytes) : bytes;
  const isWrapped = (bytes[0]! & 0x0f) === 8 && (bytes[0]! * 256 + bytes[1]!) % 31 === 0;
  return isWrapped ? inflateSync(bytes, limits) : inflateRawSync(bytes, limits);
}

/** Some proxies pack without a word. */
const asSent = (bytes: Buffer): Buffer =>
  bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes, { maxOutputLength: UNPACKED_MAX }) : bytes;

function decoded(bytes: Buffer, charset: string | null): string {
  const marked =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? "utf-16le"
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? "utf-16be"
        : null;
  try {
    const decoder = new TextDecoder(marked ?? charset ?? "utf-8");
    // As a stream: some versions of Node.js decode whole Windows-1252 as ISO 8859-1.
    return decoder.decode(bytes, { stream: true }) + decoder.decode();
  } catch {
    return new TextDecoder().decode(bytes); // a charset that nobody knows
  }
}

const oneOf = (header: string | string[] | undefined): string =>
  (Array.isArray(header) ? header.join(",") : header) ?? "";
