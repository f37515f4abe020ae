import { TiebreakError } from "../contract/errors.ts";

export class LoadRunning extends TiebreakError {
  constructor(file: string) {
    super(
      "LoadRunning",
      409,
      `${file} is being loaded into this study just now. Wait until it is done; a load that was broken off is cleared away 15 seconds after its last sign of life.`,
    );
  }
}

export class LoadTakenOver extends TiebreakError {
  constructor(file: string) {
    super(
      "LoadTakenOver",
      409,
      `The load of ${file} stood still for so long that it was taken for dead and cleared away. Load the file again.`,
    );
  }
}
