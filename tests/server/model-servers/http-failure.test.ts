import { describe, expect, it } from "vitest";
import { complaintOf, failureOf, statusNamed } from "../../../server/model-servers/http-failure.ts";
import { retryAfterOf, waitOf } from "../../../server/model-servers/retry-after.ts";

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

describe("how long a server wants to be left alone", () => {
  const waits = (headers: Record<string, string>, json: unknown = null) => waitOf(headers, json, NOW).ms;

  it.each([
    [{ "x-ratelimit-reset-tokens": "3.2s", "x-ratelimit-remaining-tokens": "0" }, 3200],
    [{ "x-ratelimit-reset-requests": "1m30s" }, 90_000],
    [{ "x-ratelimit-reset-requests": "6m0s", "x-ratelimit-reset-tokens": "120ms" }, 360_000],
    [
      {
        ...{ "x-ratelimit-reset-requests": "2h", "x-ratelimit-remaining-requests": "5" },
        ...{ "x-ratelimit-reset-tokens": "120ms", "x-ratelimit-remaining-tokens": "0" },
      },
      120,
    ],
    [{ "anthropic-ratelimit-requests-reset": "2026-03-01T12:00:07Z" }, 7000],
    [{ "x-ratelimit-reset": String(NOW + 4000) }, 4000],
    [{ "x-ratelimit-reset": String(NOW / 1000 + 4) }, 4000],
    [{ "ratelimit-reset": "30" }, 30_000],
    [{ "retry-after": "2", "x-ratelimit-reset-tokens": "30s" }, 2000],
    [{ "x-ratelimit-reset": "soon" }, undefined],
    [{ "retry-after": "Sun, 01 Mar 2026 11:00:09 GMT", date: "Sun, 01 Mar 2026 11:00:05 GMT" }, 4000],
    [{ "x-ratelimit-reset": "2026-03-01T13:00:02Z", date: "Sun, 01 Mar 2026 13:00:00 GMT" }, 2000],
    [{ "retry-after": "Sun, 01 Mar 2026 12:00:09 GMT", date: "today" }, 9000],
  ])("is read off %j as %s ms", (headers, ms) => expect(waits(headers)).toBe(ms));

  it.each([
    [{ error: { details: [{ "@type": "RetryInfo", retryDelay: "42s" }] } }, 42_000],
    [{ error: { retry_after: 3 } }, 3000],
    [{ retry_after_ms: 250 }, 250],
    [{ error: { message: "Later." } }, undefined],
  ])("is read in %j as %s ms", (json, ms) => expect(waits({}, json)).toBe(ms));
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
  const kindOf = (status: number, error: object = { message: "no" }, hasAnswered = false) => {
    const complaint = complaintOf({ error }, "");
    return failed(status, complaint, hasAnswered).kind;
  };
  const failed = (status: number, complaint: ReturnType<typeof complaintOf>, hasAnswered = false) =>
    failureOf({
      ...{
        url: new URL("https://models.example/x/chat/completions"),
        status,
        complaint,
        raw: "",
        hasAnswered,
      },
      wait: { ms: undefined, isByHeader: false },
    });

  it.each([
    ...[[429, "rate limited"] as const, [408, "timed out"] as const, [413, "too long"] as const],
    ...[500, 502, 503, 504, 529, 409, 498].map((status) => [status, "server error"] as const),
    ...[401, 402, 403, 404, 405].map((status) => [status, "rejected"] as const),
    ...[400, 422].map((status) => [status, "bad request"] as const),
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

describe("the status of an error that names none", () => {
  it.each([
    ["rate_limit_error", 429],
    ["rate_limit_exceeded", 429],
    ["too_many_requests", 429],
    ["resource_exhausted", 429],
    ["insufficient_quota", 429],
    ["overloaded_error", 503],
    ["unavailable", 503],
    ["billing_error", 402],
    ["authentication_error", 401],
    ["invalid_api_key", 401],
    ["permission_error", 403],
    ["not_found_error", 404],
    ["invalid_request_error", 400],
    ["context_length_exceeded", 400],
    ["api_error", 500],
    ["server_error", 500],
  ])("is told by its name: %s, %i", (code, status) => expect(statusNamed([code])).toBe(status));
});
