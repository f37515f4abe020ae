import { describe, expect, it } from "vitest";
import { complaintOf, failureOf, retryAfterOf } from "../../../server/judges/http-failure.ts";

const NOW = Date.parse("2026-03-01T12:00:00Z");

describe("retryAfterOf", () => {
  it.each([
    [{ "retry-after": "7" }, 7000],
    [{ "retry-after": "0" }, 0],
    [{ "retry-after": "1.25" }, 1250],
    [{ "retry-after": "Sun, 01 Mar 2026 12:00:09 GMT" }, 9000],
    [{ "retry-after": "Sun, 01 Mar 2026 11:00:00 GMT" }, 0],
    [{ "retry-after-ms": "340" }, 340],
    [{ "retry-after-ms": "340", "retry-after": "5" }, 340],
    [{ "retry-after-ms": "soon", "retry-after": "5" }, 5000],
    [{ "x-ms-retry-after-ms": "120" }, 120],
    [{ "retry-after": "soon" }, undefined],
    [{ "retry-after": "-5x" }, undefined],
    [{}, undefined],
  ])("reads %j as %s ms", (headers, ms) => expect(retryAfterOf(headers, NOW)).toBe(ms));
});

describe("complaintOf", () => {
  it.each([
    [{ error: { message: "of OpenAI" } }, "of OpenAI"],
    [{ type: "error", error: { type: "api_error", message: "of Anthropic" } }, "of Anthropic"],
    [{ error: "a word" }, "a word"],
    [{ object: "error", message: "of vLLM", code: 400 }, "of vLLM"],
    [{ detail: "of FastAPI" }, "of FastAPI"],
    [{ detail: [{ loc: ["body"], msg: "missing" }] }, '[{"loc":["body"],"msg":"missing"}]'],
    [null, "the body"],
    [[1], "the body"],
  ])("finds what is said in %j", (json, message) =>
    expect(complaintOf(json, "the body").message).toBe(message),
  );

  it("clips what is said at 500 characters", () => {
    expect(complaintOf({ error: { message: "x".repeat(5000) } }, "").message).toHaveLength(500);
  });

  it("knows a content filter by its codes", () => {
    const azure = { error: { code: "content_filter", innererror: { code: "ResponsibleAIPolicyViolation" } } };
    expect(complaintOf(azure, "").isModeration).toBe(true);
    expect(complaintOf({ error: { code: 403, metadata: { reasons: ["violence"] } } }, "").isModeration).toBe(
      true,
    );
    expect(complaintOf({ error: { code: "invalid_api_key" } }, "").isModeration).toBe(false);
  });
});

describe("failureOf", () => {
  const kindOf = (status: number, error: object = { message: "no" }) => {
    const complaint = complaintOf({ error }, "");
    return failureOf("models.example", { status, complaint, raw: "", retryAfterMs: undefined }).kind;
  };

  it.each([
    ...[[429, "rate limited"] as const, [408, "timed out"] as const, [413, "too long"] as const],
    ...[500, 502, 503, 504, 529, 409].map((status) => [status, "server error"] as const),
    ...[400, 401, 402, 403, 404, 405, 422].map((status) => [status, "rejected"] as const),
  ])("makes %i %s", (status, kind) => expect(kindOf(status)).toBe(kind));

  it("tells a spent balance from a rate limit", () => {
    expect(kindOf(429, { code: "insufficient_quota" })).toBe("rejected");
    expect(kindOf(429, { type: "insufficient_quota", code: null })).toBe("rejected");
    expect(kindOf(429, { details: { error_code: "enforced_spend_limit_reached" } })).toBe("rejected");
  });

  it.each([
    "prompt is too long: 200534 tokens > 200000 maximum",
    "This model's maximum context length is 8192 tokens. However, you requested 9000 tokens.",
    "input length and `max_tokens` exceed context limit: 178959 + 64000 > 200000",
    "the request exceeds the available context size. try increasing the context size",
  ])("knows that one request does not fit: %s", (message) => {
    expect(kindOf(400, { message })).toBe("too long");
    expect(kindOf(401, { message })).toBe("rejected");
  });
});
