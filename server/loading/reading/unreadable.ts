import type { ProblemName } from "./records.ts";

/** A file cannot be read any further: its message is the problem of the file as a whole, with what to do. */
export class Unreadable extends Error {
  constructor(
    override readonly name: ProblemName,
    message: string,
  ) {
    super(message);
  }
}
