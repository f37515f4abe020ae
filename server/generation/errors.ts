import { TiebreakError } from "../contract/errors.ts";

/** What was asked for cannot be; the message says what to do. */
export class GenerationWrong extends TiebreakError {
  constructor(message: string) {
    super("GenerationWrong", 400, message);
  }
}

/** Somebody else asks for the same responses. */
export class GenerationRunning extends TiebreakError {
  constructor(system: string, aliveAt: string) {
    super(
      "GenerationRunning",
      409,
      `Another run is generating the responses of ${system} (last seen ${aliveAt}). Wait until it is done, or stop it.`,
    );
  }
}
