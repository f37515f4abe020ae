import type { PromptSetFormat, PromptSetItem } from "../../contract/prompt-sets.ts";
import { attributionText } from "../write/attribution.ts";
import type { Exported } from "./exported.ts";
import { itemLine } from "./items.ts";
import { sheetOf } from "./sheet.ts";

interface Written {
  /** Ends the file's name. */
  readonly ending: string;
  readonly type: string;
  readonly body: string | Buffer;
  /** Prompts that the format has no words for. */
  readonly leftOut: number;
}

/** Writes a version in a format; the same version gives the same bytes. Null: it has no such part. */
export async function writeVersionAs(exported: Exported, as: PromptSetFormat): Promise<Written | null> {
  const { items, version } = exported;
  const text = (ending: string, type: string, body: string | null): Written | null =>
    body === null ? null : { ending, type, body, leftOut: 0 };
  switch (as) {
    case "datasheet":
      return text("datasheet.md", "text/markdown", sheetOf(exported));
    case "recipe":
      return text("recipe.yaml", "application/yaml", version.recipe);
    case "attribution":
      return text(
        "attribution.md",
        "text/markdown",
        attributionText(items.flatMap(({ attribution }) => attribution ?? [])),
      );
    case "set":
      return text("set.jsonl", "application/jsonl", lines(items.map(itemLine)));
    case "prompts":
      return text(
        "prompts.jsonl",
        "application/jsonl",
        lines(items.map((item) => JSON.stringify(promptOf(item)))),
      );
    case "csv":
    case "parquet":
      return (await import("./write-table.ts")).writeTable(items, as);
    default:
      return training(items, as);
  }
}

const lines = (all: readonly string[]): string => all.map((line) => `${line}\n`).join("");

/** A prompt as studies load it. */
export function promptOf(item: PromptSetItem): Record<string, unknown> {
  const { id, turns, source, split } = item;
  return {
    ...metadataOf(item),
    ...{ prompt_id: id, prompt: turns.length === 1 ? turns[0] : turns },
    ...(source !== null && { source }),
    split,
  };
}

/** What a study keeps with a prompt, besides its source and split. */
export const metadataOf = ({
  group,
  tags,
  licence,
  url,
  fields,
}: PromptSetItem): Record<string, unknown> => ({
  ...fields,
  ...(group !== null && { group }),
  ...(tags.length > 0 && { tags }),
  ...(licence !== null && { licence }),
  ...(url !== null && { url }),
});

type Row = Record<string, unknown> | null;

/**
 * What trainers read. LIMA's own shape has prompts without responses where they are for development and testing; the others have
 * pairs for training alone.
 */
const TRAINING: Record<"lima" | "alpaca" | "messages", (item: PromptSetItem) => Row> = {
  lima: ({ turns: [prompt, ...more], response, source, split }) =>
    more.length > 0 || (split === "train" && response === null)
      ? null
      : { conversations: split === "train" ? [prompt, response] : [prompt], source },
  alpaca: ({ turns: [instruction, ...more], response: output, split }) =>
    split !== "train" || more.length > 0 || output === null ? null : { instruction, input: "", output },
  messages: ({ turns: [prompt, ...more], response, split }) =>
    split !== "train" || more.length > 0 || response === null
      ? null
      : {
          messages: [
            { role: "user", content: prompt },
            { role: "assistant", content: response },
          ],
        },
};

function training(items: readonly PromptSetItem[], as: keyof typeof TRAINING): Written {
  const rows = items.flatMap((item) => TRAINING[as](item) ?? []);
  const body = lines(rows.map((row) => JSON.stringify(row)));
  return { ending: `${as}.jsonl`, type: "application/jsonl", body, leftOut: items.length - rows.length };
}
