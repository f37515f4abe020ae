import { TiebreakError } from "../contract/errors.ts";

export class LoadRunning extends TiebreakError {
  constructor(file: string) {
    super(
      "LoadRunning",
      409,
      `${file} is being loaded into this study right now. Wait until it is done; an interrupted load is cleaned up 15 seconds after it was last active.`,
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
