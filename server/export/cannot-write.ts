import path from "node:path";
import { ExportWrong } from "./errors.ts";

/** Why a file or folder of an export could not be written, where that is the place's doing; else the error itself. */
export function cannotWrite(place: string, error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const why = REASONS[code];
  return why ? new ExportWrong(why(place)) : error;
}

const forbidden = (place: string): string =>
  `${place} may not be written by this user. Name another place: --out PATH.`;

const missing = (place: string): string =>
  `There is no folder ${path.dirname(place)}. Make it, or name another.`;

const REASONS: Readonly<Record<string, (place: string) => string>> = {
  ENOENT: missing,
  ENOTDIR: missing,
  EISDIR: (place) => `${place} is a folder. Name a file in it.`,
  ENOTEMPTY: (place) => `${place} is a folder. Name a file in it.`,
  EACCES: forbidden,
  EPERM: forbidden,
  EROFS: forbidden,
  ENOSPC: (place) => `There is no room left for ${place}.`,
};
