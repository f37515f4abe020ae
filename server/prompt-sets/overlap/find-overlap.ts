import type { Input } from "../sources/input.ts";
import { shortName } from "../short-name.ts";
import { LONG_RUN, type Overlap, type PromptIndex, RUN } from "./prompt-index.ts";
import { textRows } from "./texts.ts";

/** Where and how a prompt overlaps with a file: the most telling rule, and the first row where it does so the most. */
interface Found {
  readonly prompt: number;
  readonly rule: "same" | "share" | "long-run";
  /** How much of the prompt runs of eight words of that row cover, from 0 to 1. */
  readonly share: number;
  readonly row: number;
}

/** What was found in one file. */
export interface FileOverlap {
  readonly name: string;
  readonly rows: number;
  readonly unreadable: number;
  readonly found: readonly Found[];
}

/** What was found of one prompt in a file, in words; the file by its last two parts, so that a set is the same wherever its files lie. */
export function foundWords({ name }: FileOverlap, { rule, share, row }: Found): string {
  const where = `${shortName(name)}, row ${row}`;
  const percent = Math.floor(share * 100);
  if (rule === "same") return `the same text in ${where}`;
  if (rule === "share") return `runs of ${RUN} words of ${where} cover ${percent} % of it`;
  return `${LONG_RUN} words in a row in ${where}, and runs of ${RUN} words cover ${percent} % of it`;
}

const RULES = ["same", "share", "long-run"] as const;
const ROWS_TOLD = 1000;

/**
 * Compares prompts with all texts of a file, one row after another.
 * @param share more than this of a prompt has to be covered
 */
export async function overlapWith(
  input: Input,
  given: { index: PromptIndex; share: number; onRows: (rows: number) => void },
): Promise<FileOverlap> {
  const best = new Map<number, Found>();
  let rows = 0;
  let unreadable = 0;
  for await (const batch of textRows(input))
    for (const { at, texts } of batch) {
      if (++rows % ROWS_TOLD === 0) given.onRows(rows);
      if (texts === null) unreadable++;
      for (const text of texts ?? [])
        given.index.compare(text, (prompt, overlap) => {
          const rule = ruleOf(overlap, given.share);
          if (rule === null) return;
          const found = { prompt, rule, share: overlap.isSame ? 1 : overlap.share, row: at };
          if (isMore(found, best.get(prompt))) best.set(prompt, found);
        });
    }
  return {
    name: input.name,
    rows,
    unreadable,
    found: [...best.values()].sort((a, b) => a.prompt - b.prompt),
  };
}

function ruleOf({ isSame, share, hasLongRun }: Overlap, shareMin: number): Found["rule"] | null {
  if (isSame) return "same";
  if (share > shareMin) return "share";
  return hasLongRun ? "long-run" : null;
}

function isMore(one: Found, other: Found | undefined): boolean {
  if (other === undefined) return true;
  const rank = RULES.indexOf(one.rule) - RULES.indexOf(other.rule);
  return rank < 0 || (rank === 0 && one.share > other.share);
}
