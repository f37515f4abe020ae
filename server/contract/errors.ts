import { z } from "zod";

/** What every refusal looks like on the wire: a problem as RFC 9457 describes it, in `application/problem+json`. */
export const problemSchema = z.strictObject({
  type: z.string().describe("An address that ends with the stable name: /api#StudyNotFound."),
  title: z.string().describe("The stable name in words; always the same for one name."),
  status: z.int().describe("The HTTP status."),
  detail: z.string().describe("What was wrong this time, and what to do."),
  error: z.string().describe("The stable name, such as StudyNotFound."),
  errors: z
    .array(
      z.strictObject({
        pointer: z.string().describe("A JSON Pointer into the request, such as /name."),
        detail: z.string(),
      }),
    )
    .optional()
    .describe("Where a request does not fit its schema: each place."),
});
export type Problem = z.infer<typeof problemSchema>;

/** A refusal by its stable name, and what to do; as the command line prints it. */
export interface ErrorReply {
  readonly error: string;
  readonly message: string;
}

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

/** What cannot be undone is done by who types the name of what it is about. */
export class NameNotTyped extends TiebreakError {
  constructor(name: string) {
    super("NameNotTyped", 409, `This cannot be undone. To do it all the same, give the name “${name}”.`);
  }
}
