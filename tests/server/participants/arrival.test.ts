import { describe, expect, it } from "vitest";
import { panelSchema } from "../../../server/contract/platforms.ts";
import { visitorFrom } from "../../../server/participants/arrival.ts";
import { BUILT_IN } from "../../../server/participants/platforms/index.ts";
import { panelPlatform } from "../../../server/participants/platforms/panel.ts";

const PID = "0123456789abcdef01234567";
const prolific = (query: string) => visitorFrom(query, BUILT_IN.prolific);
const connect = (query: string) => visitorFrom(query, BUILT_IN.connect);

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
    expect(visitorFrom("sona_id=4711", panelPlatform(pool))).toMatchObject({
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
