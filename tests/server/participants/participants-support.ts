import type { AssignmentService } from "../../../server/assignments/assignment-service.ts";
import type { Context } from "../../../server/context.ts";
import type { Work } from "../../../server/contract/judging.ts";
import type { PlatformRequest } from "../../../server/contract/platforms.ts";
import { recordJudgment } from "../../../server/judgments/record.ts";
import { setPlatform } from "../../../server/participants/set-platform.ts";
import { judgmentOf, openStudy } from "../../support/study.ts";

export const CROWD = { study: "s", group: "crowd", by: "test" };
export const AT = { study: "s", origin: "https://study.example.org", by: "test" };

/** Somebody’s id at Prolific, and the query of the address that it makes. */
export const pid = (n: number): string => n.toString(16).padStart(24, "0");
export const queryOf = (n: number): string => `?PROLIFIC_PID=${pid(n)}&STUDY_ID=s1&SESSION_ID=t${n}`;

/** The crowd of a protocol, with so many judgments of each pair, and so many pairs asked of each annotator. */
export const crowdOf = (each: number | null, judgments = 1) => ({
  ...{ name: "crowd", kind: "crowd" as const, judgments, sharedJudgments: 0 },
  ...{ judgmentsPerAnnotator: each, headline: true },
});

const crowd = (each: number | null, judgments = 1) => ({
  groups: [crowdOf(each, judgments)],
  sharedPrompts: 0,
});

/** An open study of one pair of systems, whose crowd judges so many pairs each. */
export const studyOf = (context: Context, prompts: number, each: number | null, judgments = 1) =>
  openStudy(context, { prompts, baselines: 1, annotators: 0, protocol: crowd(each, judgments) });

/** Sets Prolific, or another platform, for the crowd. */
export async function setProlific(context: Context, more: Partial<PlatformRequest> = {}) {
  const made = await setPlatform(context, {
    ...{ ...AT, group: "crowd", platform: "prolific", finishes: {} },
    ...more,
  });
  const codes = Object.fromEntries(made.finishes.map(({ finish, code }) => [finish, code]));
  return { made, codes, link: made.address?.split("#")[1] ?? "" };
}

export const count = (
  context: Context,
  table: "annotator" | "participant" | "participation" | "assignment",
) =>
  context.database.read(
    async ({ db }) =>
      (
        await db
          .selectFrom(table)
          .select((e) => e.fn.countAll<number>().as("n"))
          .executeTakeFirstOrThrow()
      ).n,
  );

/** Lets somebody judge so many pairs. @returns their work afterwards */
export async function judgeSome(desk: AssignmentService, token: string, times: number): Promise<Work> {
  let work = await desk.workFor(token, []);
  for (let i = 0; i < times; i++)
    work = (await recordJudgment(desk, token, judgmentOf(work.buffer[0] ?? ""))).work;
  return work;
}
