import { createHash } from "node:crypto";
import { Unreadable } from "../loading/reading/unreadable.ts";
import { BuildRefused } from "./errors.ts";
import type { Input } from "./sources/input.ts";

/** A file that was read: its unpacked bytes, and their hash. */
export interface FileRead {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** The input, and the hash of its unpacked bytes once they have been read. */
export function hashing(input: Input): { readonly input: Input; readonly done: () => FileRead } {
  const hash = createHash("sha256");
  let bytes = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    try {
      for await (const piece of input.bytes()) {
        hash.update(piece);
        bytes += piece.length;
        yield piece;
      }
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      throw new BuildRefused(`${input.name}: ${error.message} Nothing was built.`);
    }
  }
  return {
    input: { ...input, bytes: counted },
    done: () => ({ name: input.name, bytes, sha256: hash.digest("hex") }),
  };
}
