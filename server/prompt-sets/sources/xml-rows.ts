import { linesOf } from "../../loading/reading/lines.ts";
import { BuildRefused } from "../errors.ts";
import type { Input } from "./input.ts";
import type { SourceTally } from "./tally.ts";

/** A `<row …/>` of a Stack Exchange dump as it is written, and its attributes, decoded one at a time. */
export interface XmlRow {
  readonly text: string;
  readonly line: number;
}

const ROW = "<row ";
/** What such a file has besides its rows. */
const FRAME = /^(<\?xml[^>]*\?>|<\/?posts>|)$/;

/**
 * Goes from value to value, since a value can end in what looks like an attribute. No value holds a quotation mark: dumps write &quot;.
 * @returns the attribute's value; null where the row has none
 */
export function attributeOf(text: string, name: string): string | null {
  for (let at = 0; ;) {
    const start = text.indexOf('"', at) + 1;
    const end = text.indexOf('"', start);
    if (start === 0 || end < 0) return null;
    if (text.endsWith(` ${name}=`, start - 1)) {
      const raw = text.slice(start, end);
      return raw.includes("&") ? decoded(raw) : raw;
    }
    at = end + 1;
  }
}

const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos));/gi;
const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const CODE_POINT_MAX = 0x10ffff;

/** XML knows five names of characters, and numbers; anything else stays as it is written. */
function decoded(raw: string): string {
  return raw.replace(ENTITY, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
    return code > CODE_POINT_MAX ? whole : String.fromCodePoint(code);
  });
}

/** The attribute as a whole number; null where it is missing or none. */
export function numberOf(text: string, name: string): number | null {
  const value = attributeOf(text, name);
  return value !== null && /^-?\d{1,15}$/.test(value) ? Number(value) : null;
}

/**
 * The rows of one file of a dump. What is not a row is counted as unreadable.
 * @throws BuildRefused where the file is another one, or ends before `</posts>`
 */
export async function* xmlRows(input: Input, tally: SourceTally): AsyncGenerator<XmlRow[]> {
  let rows = 0;
  let isOpen = false;
  let isEnded = false;
  for await (const lines of linesOf(input.bytes())) {
    const found: XmlRow[] = [];
    for (const line of lines) {
      const text = "fault" in line ? "" : line.text.trim();
      const fault = (why: string): void => {
        tally.rows++;
        tally.fault({ file: input.name, line: line.number, why });
      };
      if ("fault" in line) fault(line.fault === "TooLong" ? "is too long" : "is not UTF-8");
      else if (text.startsWith(ROW)) {
        rows++;
        if (!text.endsWith("/>")) fault("is a row without its end");
        else if (text.includes(ROW, 1)) fault("holds several rows: each has a line of its own in a dump");
        else {
          tally.rows++;
          found.push({ text, line: line.number });
        }
      } else if (FRAME.test(text)) {
        isOpen ||= text === "<posts>";
        isEnded ||= text === "</posts>";
      } else if (!isOpen) throw new BuildRefused(notPosts(input.name, text));
      else fault("is not a row");
    }
    if (found.length > 0) yield found;
  }
  if (!isOpen)
    throw new BuildRefused(`${input.name} is empty, or not the Posts.xml of a Stack Exchange dump.`);
  if (!isEnded)
    throw new BuildRefused(
      `${input.name} ends before </posts>, after ${rows.toLocaleString("en")} rows: it is cut off. Download or unpack it again.`,
    );
}

const notPosts = (name: string, text: string): string =>
  `${name} is not the Posts.xml of a Stack Exchange dump: it begins with “${text.slice(0, 60)}”. ` +
  "Such a file begins with <posts>, and each of its lines is a <row …/>.";
