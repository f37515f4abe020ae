import { createSign, generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { panelSchema } from "../../../server/contract/platforms.ts";
import { visitorFrom } from "../../../server/participants/arrival.ts";

const PID = "0123456789abcdef01234567";
const AT = new Date("2026-01-05T09:00:00Z");
const HERE = { at: AT, host: "study.example.org" };
const prolific = (query: string, more: object = {}, here: { at: Date; host: string | undefined } = HERE) =>
  visitorFrom(query, { platform: "prolific", ...more }, here);
const connect = (query: string, more: object = {}) =>
  visitorFrom(query, { platform: "connect", ...more }, HERE);

describe("the query of an address by which somebody comes", () => {
  it("names a participant of Prolific, of Connect, and of any panel that is described", () => {
    expect(prolific(`?PROLIFIC_PID=${PID}&STUDY_ID=s1&SESSION_ID=t1`)).toEqual({
      kind: "participant",
      ids: { participant: PID, session: "t1", study: "s1" },
    });
    expect(connect("participantId=A1B2&assignmentId=x&projectId=y&utm=1")).toMatchObject({
      ids: { participant: "A1B2", session: "x", study: "y" },
    });
    expect(connect("participantId=A1B2")).toMatchObject({ ids: { session: null, study: null } });
    const pool = panelSchema.parse({ name: "Pool", participant: { name: "sona_id" } });
    expect(visitorFrom("sona_id=4711", { platform: pool }, HERE)).toMatchObject({
      ids: { participant: "4711", session: null },
    });
  });

  it.each([
    "PROLIFIC_PID={{%PROLIFIC_PID%}}&STUDY_ID={{%STUDY_ID%}}&SESSION_ID={{%SESSION_ID%}}",
    "PROLIFIC_PID=%7B%7B%25PROLIFIC_PID%25%7D%7D&STUDY_ID=s&SESSION_ID=t",
    `PROLIFIC_PID=${PID}&STUDY_ID=s&SESSION_ID=%25SESSION%25`,
  ])("is a preview while it holds a placeholder: %s", (query) => {
    expect(prolific(query)).toEqual({ kind: "preview" });
  });

  it.each([
    ["", "ParticipantMissing"],
    ["utm_source=x", "ParticipantMissing"],
    [`PROLIFIC_PID=${PID}`, "ParticipantWrong"],
    [`PROLIFIC_PID=${PID}&STUDY_ID=s&SESSION_ID=`, "ParticipantWrong"],
    [`PROLIFIC_PID=${PID}&PROLIFIC_PID=${PID}&STUDY_ID=s&SESSION_ID=t`, "ParticipantWrong"],
    ["PROLIFIC_PID=me&STUDY_ID=s&SESSION_ID=t", "ParticipantWrong"],
    [`PROLIFIC_PID=${PID}&STUDY_ID=<b>&SESSION_ID=t`, "ParticipantWrong"],
    [`PROLIFIC_PID=${PID}&STUDY_ID=s&SESSION_ID=${"t".repeat(200)}`, "ParticipantWrong"],
  ])("is refused where parameters are missing, empty, doubled or forged: %s", (query, name) => {
    expect(() => prolific(query)).toThrow(expect.objectContaining({ name, status: 400 }));
  });
});

describe("a description of a panel", () => {
  it.each([
    "javascript:alert(1)",
    "http://panel.example.org/",
    "http://localhost.example.org/",
    "https://panel.example.org/{secret}",
    "panel.example.org",
    "https://{participant}.example org/",
  ])("takes no address that leads nowhere or is filled with something else: %s", (address) => {
    const panel = { name: "Pool", participant: { name: "id" }, finishes: { completed: { address } } };
    expect(panelSchema.safeParse(panel).success).toBe(false);
  });

  it.each([
    "https://panel.example.org/?id={participant}",
    "http://127.0.0.1:8080/{code}",
    "http://localhost/",
  ])("takes an address over https, or on this machine: %s", (address) => {
    const panel = { name: "Pool", participant: { name: "id" }, finishes: { completed: { address } } };
    expect(panelSchema.safeParse(panel).success).toBe(true);
  });
});

const WRONG = expect.objectContaining({ name: "ParticipantWrong" }) as Error;

describe("an address of another study at the platform", () => {
  const of = (study: string) => `PROLIFIC_PID=${PID}&STUDY_ID=${study}&SESSION_ID=t`;

  it("is refused where the owner named the study, and a preview is one all the same", () => {
    const only = { platformStudy: "s1" };
    expect(prolific(of("s1"), only)).toMatchObject({ ids: { study: "s1" } });
    expect(() => prolific(of("s2"), only)).toThrow(WRONG);
    expect(prolific(of("{{%STUDY_ID%}}"), only)).toEqual({ kind: "preview" });
    expect(connect("participantId=A1B2&projectId=y", { platformStudy: "y" })).toMatchObject({
      ids: { study: "y" },
    });
    expect(() => connect("participantId=A1B2", { platformStudy: "y" })).toThrow(WRONG);
  });
});

describe("an address that the platform must have signed", () => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const other = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const jwk = (key: typeof publicKey, kid: string) => ({ ...key.export({ format: "jwk" }), kid });
  const keys = [jwk(other.publicKey, "old"), jwk(publicKey, "now")];
  const ids = { PROLIFIC_PID: PID, STUDY_ID: "s1", SESSION_ID: "t1" };
  const END = AT.getTime() / 1000 + 120;
  const claims = {
    sub: "t1",
    exp: END,
    aud: "https://study.example.org",
    prolific: { ...ids, workspace_id: "w" },
  };
  const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");

  interface Made {
    readonly header?: object;
    readonly body?: object;
    readonly key?: typeof privateKey;
  }
  const token = ({ header = {}, body = {}, key = privateKey }: Made = {}): string => {
    const text = `${encoded({ alg: "RS256", kid: "now", ...header })}.${encoded({ ...claims, ...body })}`;
    return `${text}.${createSign("sha256").update(text).sign(key, "base64url")}`;
  };
  const signed = (mark: string) => `${new URLSearchParams({ ...ids, prolific_token: mark }).toString()}`;

  it("lets in whom the platform signed for, for as long as somebody reads before they start", () => {
    for (const exp of [END, END - 3000])
      expect(prolific(signed(token({ body: { exp } })), { keys })).toMatchObject({ ids: { session: "t1" } });
    expect(
      prolific(signed(token({ header: { kid: "old" }, key: other.privateKey })), { keys }),
    ).toMatchObject({
      ids: { participant: PID },
    });
  });

  it.each([
    "study.example.org",
    "example.org",
    "https://STUDY.example.org/judge",
    ["a.org", "study.example.org"],
  ])("takes this server’s domain for its audience, however it is written: %j", (aud) => {
    expect(prolific(signed(token({ body: { aud } })), { keys })).toMatchObject({ ids: { study: "s1" } });
    const unnamed = { ...HERE, host: undefined };
    expect(() => prolific(signed(token({ body: { aud } })), { keys }, unnamed)).toThrow(WRONG);
  });

  const parts = token().split(".");
  it.each([
    ["without a token", new URLSearchParams(ids).toString()],
    ["with two tokens", `${signed(token())}&prolific_token=${token()}`],
    ["with no token at all in its place", signed("x")],
    ["signed with another key", signed(token({ key: other.privateKey }))],
    ["that claims to need no signature", signed(`${encoded({ alg: "none" })}.${parts[1]}.`)],
    ["whose claims were changed", signed(`${parts[0]}.${encoded({ ...claims, sub: "t2" })}.${parts[2]}`)],
    ["for another person", signed(token({ body: { prolific: { ...ids, PROLIFIC_PID: "f".repeat(24) } } }))],
    ["for another study", signed(token({ body: { prolific: { ...ids, STUDY_ID: "s2" } } }))],
    ["for another session", signed(token({ body: { sub: "t9" } }))],
    ["without the claim", signed(token({ body: { prolific: undefined } }))],
    ["of yesterday", signed(token({ body: { exp: END - 86_400 } }))],
    ["for another server", signed(token({ body: { aud: "https://other.example.org" } }))],
    ["for a server whose name ends alike", signed(token({ body: { aud: "y.example.org" } }))],
    ["for no server", signed(token({ body: { aud: undefined } }))],
    ["for an empty name", signed(token({ body: { aud: "" } }))],
    ["without an end", signed(token({ body: { exp: undefined } }))],
  ])("refuses one %s", (_what, query) => {
    expect(() => prolific(query, { keys })).toThrow(WRONG);
  });
});
