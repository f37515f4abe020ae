import { describe, expect, it } from "vitest";
import { TiebreakError } from "../../../server/contract/errors.ts";
import { toReply } from "../../../server/http/errors.ts";
import { DatabaseBusy } from "../../../server/storage/errors.ts";

describe("an error on the wire", () => {
  it("is what we said of it, where the caller can do something", () => {
    const error = new TiebreakError("TooLate", 409, "The study is closed.");
    expect(toReply(error)).toEqual({
      status: 409,
      body: { error: "TooLate", message: "The study is closed." },
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
    for (const one of thrown) expect(JSON.stringify(toReply(one))).not.toContain("somebody");
    expect(toReply(new DatabaseBusy(secret)).status).toBe(503);
    expect(toReply(new Error(secret)).status).toBe(500);
  });
});
