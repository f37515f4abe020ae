import type { FileToLoad } from "./file-to-load.ts";
import { isArchive } from "./reading/archives.ts";
import { firstBytes } from "./reading/bytes.ts";
import { whyNoRows } from "./reading/file-kinds.ts";
import { isNamedAsRows, withoutPacking } from "./reading/file-stem.ts";
import { firstRows } from "./reading/first-rows.ts";
import { nestedAdvice } from "./reading/nested-advice.ts";
import { readFile } from "./reading/read-file.ts";
import { Unreadable } from "./reading/unreadable.ts";

const HEAD_BYTES = 64 * 1024;

/** Endings of files that often accompany data and hold none. */
const OTHERS =
  /\.(md|markdown|rst|tex|pdf|html?|css|docx?|png|jpe?g|gif|webp|svg|py|pyc|ipynb|r|jl|js|mjs|ts|sh|ya?ml|toml|ini|cfg|log|lock|bin|pt|pth|safetensors|onnx|npy|npz|pkl|gguf|model|sha256|md5)$/i;

/** Why a file of a folder or an archive is left out of a load; null where it holds rows, or should. */
export async function whyLeftOut({ path, options }: FileToLoad): Promise<string | null> {
  const name = options.fileName;
  const parts = name.split("/");
  if (parts.some((part) => part === "__MACOSX" || (part.startsWith(".") && !/^\.+$/.test(part))))
    return "hidden";
  const ending = OTHERS.exec(withoutPacking(name))?.[0];
  if (ending !== undefined) return `${ending} is no file of rows`;
  try {
    const head = await firstBytes(path, HEAD_BYTES);
    if (head.length === 0) return "empty";
    if (isArchive(head)) return "an archive within an archive: unpack it first";
    if (/\.json$/i.test(withoutPacking(name)) && (await isOneObject(path, options)))
      return "one object, no rows";
    if (isNamedAsRows(name)) return null;
    return whyNoRows(head, name) ?? (looksLikeRows(head) ? null : "its first lines are no rows");
  } catch (error) {
    if (error instanceof Unreadable) return null; // it is refused with the reason when it is loaded
    throw error;
  }
}

/** Whether a file is a single object of no known format, such as settings or totals. */
async function isOneObject(path: string, options: FileToLoad["options"]): Promise<boolean> {
  const rows = await firstRows(path, options, 2);
  if (rows.length !== 1 || nestedAdvice(rows, options.fileName) !== null) return false;
  for await (const items of readFile(path, options))
    return items.some((item) => "problem" in item && item.problem.name === "FormatUnknown");
  return false;
}

const isLikeAName = (text: string): boolean => /^[^.!?]{1,60}$/.test(text.trim());

/** Whether text is JSON, or the same mark divides its first line into names and its second into as many columns. */
function looksLikeRows(head: Buffer): boolean {
  const text = new TextDecoder(head[0] === 0xff ? "utf-16le" : "utf-8").decode(head).trimStart();
  if (/^[[{]/.test(text)) return true;
  const [first = "", second = ""] = text.split("\n");
  return ["\t", ",", ";", "|"].some((mark) => {
    const names = first.split(mark);
    return names.length > 1 && names.length === second.split(mark).length && names.every(isLikeAName);
  });
}
