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
      `Another run asks for the responses of ${system} just now (its last sign of life: ${aliveAt}). Wait until it is done, or stop it.`,
    );
  }
}
