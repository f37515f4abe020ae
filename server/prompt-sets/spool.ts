import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/** Where a text is in a spool. */
export interface Spooled {
  readonly at: number;
  readonly bytes: number;
}

const PIECE_BYTES = 1 << 20;

/** Texts that are put aside in a temporary file until it is known which are wanted. Where the system can, the file has no name once it is open. */
export class Spool {
  #folder: string | null;
  readonly #file: number;
  #written = 0;
  #piece: Buffer[] = [];
  #pieceBytes = 0;

  constructor() {
    this.#folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-prompts-"));
    this.#file = fs.openSync(path.join(this.#folder, "spool"), "w+");
    try {
      this.#removeFolder();
    } catch {
      // Windows keeps the folder of an open file: it goes when the file is closed.
    }
  }

  add(text: string): Spooled {
    const buffer = Buffer.from(text);
    const at = this.#written + this.#pieceBytes;
    this.#piece.push(buffer);
    this.#pieceBytes += buffer.length;
    if (this.#pieceBytes >= PIECE_BYTES) this.#write();
    return { at, bytes: buffer.length };
  }

  read({ at, bytes }: Spooled): string {
    this.#write();
    const buffer = Buffer.alloc(bytes);
    for (let read = 0; read < bytes;) {
      const more = fs.readSync(this.#file, buffer, read, bytes - read, at + read);
      if (more === 0) throw new Error("The temporary file is shorter than what was written to it.");
      read += more;
    }
    return buffer.toString();
  }

  close(): void {
    fs.closeSync(this.#file);
    this.#removeFolder();
  }

  #removeFolder(): void {
    if (this.#folder === null) return;
    fs.rmSync(this.#folder, { recursive: true });
    this.#folder = null;
  }

  #write(): void {
    if (this.#pieceBytes === 0) return;
    const piece = Buffer.concat(this.#piece);
    for (let done = 0; done < piece.length;)
      done += fs.writeSync(this.#file, piece, done, piece.length - done, this.#written + done);
    this.#written += piece.length;
    this.#piece = [];
    this.#pieceBytes = 0;
  }
}
