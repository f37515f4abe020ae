import { z } from "zod";

/** What every refusal looks like on the wire: a stable name, and what to do. */
export const errorSchema = z.strictObject({ error: z.string(), message: z.string() });
export type ErrorReply = z.infer<typeof errorSchema>;

/** An error with a stable name and a status; everything we refuse is one of these. */
export class TiebreakError extends Error {
  constructor(
    override readonly name: string,
    readonly status: number,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** True where whoever met it first has told the log of it, for all who meet it after. */
  get isTold(): boolean {
    return false;
  }
}
