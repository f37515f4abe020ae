import type { ColumnTaken } from "../contract/loading.ts";
import type { PromptSetUsed } from "../contract/prompt-sets.ts";
import type { HowFar } from "./reading/how-far.ts";
import type { LoadRecord, ReadItem } from "./reading/records.ts";

/** One file to load, however its rows come. */
export interface LoadSource {
  /** As the researcher knows it. */
  readonly name: string;
  readonly format: string | null;
  /** What the columns of its first rows were taken for. */
  readonly columns?: readonly ColumnTaken[];
  /** SHA-256 of the bytes as they are unpacked, in hex. */
  readonly contentHash: string;
  /** The version of a prompt set that its prompts are from. */
  readonly promptSet?: PromptSetUsed;
  /** What is to be said of how the file is read. */
  readonly remarks?: readonly { readonly name: string; readonly message: string }[];
  /** The folder that names the system of outputs that name none, where the file's name does not. */
  readonly folderSystem?: string | null;
  /** Take prompts for the same whose ids or texts are nearly those of another. */
  readonly near?: boolean;
  /** Nobody can know what it holds: it comes last, and is tried in any case, for its fault. */
  readonly isUnknown?: boolean;
  /** The rows from the beginning; may be called again. @param howFar gets how much of the file has been read */
  read(howFar?: HowFar): AsyncIterable<ReadItem[]>;
}

const RANKS: Record<LoadRecord["kind"], number> = { prompt: 0, response: 1, judgment: 2, answer: 2 };

/** Prompts first, then responses, then judgments, whatever order they were given in. */
export async function inOrder(
  sources: readonly LoadSource[],
): Promise<{ source: LoadSource; rank: number }[]> {
  const ranked = [];
  for (const source of sources) ranked.push({ source, rank: await rankOf(source) });
  return ranked.sort((a, b) => a.rank - b.rank);
}

/** By the first rows; a file that cannot be read comes first, so that nothing builds on what it lacks. */
async function rankOf(source: LoadSource): Promise<number> {
  if (source.isUnknown) return RANKS.judgment;
  try {
    for await (const items of source.read()) {
      const records = items.flatMap((item) => ("record" in item ? [item.record] : []));
      if (records.length > 0) return Math.max(...records.map((record) => RANKS[record.kind]));
    }
  } catch {
    return 0; // the same error comes again, and is reported, when the file is loaded
  }
  return 0;
}
