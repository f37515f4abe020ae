import { TiebreakError } from "../contract/errors.ts";

/** Stands in place of a file's name where no file is loaded, but what loads brought is deleted. */
export const UNLOADING = "(unloading)";

export class LoadRunning extends TiebreakError {
  constructor(file: string) {
    const what =
      file === UNLOADING
        ? "Loads of this study are being unloaded"
        : `${file} is being loaded into this study`;
    super(
      "LoadRunning",
      409,
      `${what} right now. Wait until it is done; an interrupted load is cleaned up 15 seconds after it was last active.`,
    );
  }
}

export class LoadTakenOver extends TiebreakError {
  constructor(file: string) {
    super(
      "LoadTakenOver",
      409,
      `The load of ${file} was inactive for so long that it was taken for dead and cleaned up. Load the file again.`,
    );
  }
}

/** A file that was named cannot be read; the message says why. */
export class FileUnusable extends TiebreakError {
  constructor(message: string) {
    super("FileUnusable", 400, message);
  }
}

/** An archive that was named is damaged, or made to fill a disk. */
export class ArchiveDamaged extends FileUnusable {
  /** @param reason what is wrong with it, without its name */
  constructor(
    file: string,
    readonly reason: string,
  ) {
    super(`${file}: ${reason}`);
  }
}
