import { describe, expect, it } from "vitest";
import { TiebreakError } from "../../../server/contract/errors.ts";
import { toProblem } from "../../../server/http/errors.ts";
import { DatabaseBusy } from "../../../server/storage/errors.ts";

describe("an error on the wire", () => {
  it("is what we said of it, where the caller can do something", () => {
    const error = new TiebreakError("TooLate", 409, "The study is closed.");
    expect(toProblem(error)).toEqual({
      type: "/api#TooLate",
      title: "Too late",
      status: 409,
      detail: "The study is closed.",
      error: "TooLate",
    });
  });

  it("tells nothing of the inside, whatever was thrown", () => {
    const secret = "/home/somebody/study.db";
    const thrown: unknown[] = [
      new Error(secret),
      new DatabaseBusy(secret),
      secret,
      { statusCode: 500, message: secret },
      null,
      undefined,
      Object.assign(new Error(secret), { statusCode: 404 }),
    ];
    for (const one of thrown) expect(JSON.stringify(toProblem(one))).not.toContain("somebody");
    expect(toProblem(new DatabaseBusy(secret)).status).toBe(503);
    expect(toProblem(new Error(secret)).status).toBe(500);
  });
});
