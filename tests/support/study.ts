import type { Context } from "../../server/context.ts";
import type { SkipRequest } from "../../server/contract/judging.ts";
import type { Protocol } from "../../server/contract/studies.ts";
import type { SkipReason } from "../../server/contract/words.ts";
import { inviteAnnotators } from "../../server/studies/annotators.ts";
import { changeState, createStudy } from "../../server/studies/study.ts";
import { hashToken } from "../../server/studies/keys.ts";
import { batchesOf } from "../../server/storage/batches.ts";
import { AssignmentService } from "../../server/assignments/assignment-service.ts";

export interface Made {
  readonly desk: AssignmentService;
  readonly tokens: string[];
}

/** A desk that "renders" by wrapping in a paragraph. */
export const plainDesk = (context: Context): AssignmentService =>
  new AssignmentService(context, {
    render: async (turns) => turns.map((turn) => `<p>${turn}</p>`),
    rendererVersion: "test",
  });

const PROMPTS_AT_ONCE = 100;

/** Material for a study: every system answers every prompt with a text of its own. */
export async function addMaterial(
  context: Context,
  study: string,
  given: { prompts: number; systems: readonly string[]; turns?: number },
): Promise<void> {
  await context.database.transact(async ({ db }) => {
    const { id: studyId } = await db
      .selectFrom("study")
      .select("id")
      .where("name", "=", study)
      .executeTakeFirstOrThrow();
    const common = { study_id: studyId };
    const load = { ...common, state: "published" as const, file_name: "f", content_hash: "h", report: null };
    const times = { started_at: "2026", heartbeat_at: "2026", ended_at: "2026" };
    const { id: loadId } = await db
      .insertInto("load")
      .values({ ...load, ...times })
      .returning("id")
      .executeTakeFirstOrThrow();
    const named = given.systems.map((name) => ({ ...common, name, display_name: name, load_id: loadId }));
    const systems = await db
      .insertInto("system")
      .values(named.map((system) => ({ ...system, role: "contender" as const })))
      .returning(["id", "name"])
      .execute();
    const turns = (text: string) =>
      JSON.stringify(Array.from({ length: given.turns ?? 1 }, (_, turn) => `${text} turn ${turn + 1}`));
    for (const batch of batchesOf(
      Array.from({ length: given.prompts }, (_, i) => i),
      PROMPTS_AT_ONCE,
    )) {
      const prompts = await db
        .insertInto("prompt")
        .values(batch.map((i) => ({ ...common, external_id: `p${i}`, load_id: loadId })))
        .returning(["id", "external_id"])
        .execute();
      const numbered = prompts.map(({ id, external_id }) => ({ id, i: external_id.slice(1) }));
      const texts = numbered.map(({ id, i }) => {
        const text = { prompt_id: id, turns: turns(`prompt ${i}`), metadata: "{}", load_id: loadId };
        return { ...common, ...text, content_hash: hashToken(text.turns) };
      });
      await db.insertInto("prompt_text").values(texts).execute();
      const responses = numbered.flatMap(({ id, i }) =>
        systems.map((system) => {
          const text = turns(`answer of ${system.name} to ${i}`);
          const place = { prompt_id: id, system_id: system.id, turns: text, turn_count: given.turns ?? 1 };
          return { ...place, content_hash: hashToken(text), blank: 0, metadata: "{}", load_id: loadId };
        }),
      );
      await db.insertInto("response").values(responses).execute();
    }
  });
}

interface StudyShape {
  readonly prompts: number;
  readonly baselines: number;
  readonly annotators: number;
  readonly protocol?: Partial<Protocol>;
  readonly turns?: number;
}

/** An open study of one target and some baselines, with invited annotators of its first group. */
export async function openStudy(context: Context, shape: StudyShape): Promise<Made> {
  const baselines = Array.from({ length: shape.baselines }, (_, i) => `b${i}`);
  const { protocol = {} } = shape;
  await createStudy(context, { name: "s", target: "t", baselines, seed: "seed", protocol });
  const material = { prompts: shape.prompts, systems: ["t", ...baselines] };
  await addMaterial(context, "s", shape.turns === undefined ? material : { ...material, turns: shape.turns });
  await changeState(context, { study: "s", to: "open", by: "test" });
  const group = protocol.groups?.[0]?.name ?? "crowd";
  const invitation = { study: "s", group, count: shape.annotators, by: "test" };
  const tokens = (await inviteAnnotators(context, invitation)).map((one) => one.token);
  return { desk: plainDesk(context), tokens };
}

let keys = 0;

/** A judgment of the first assignment in a buffer. */
export const judgmentOf = (
  assignment: string,
  choice: "left" | "tie" | "right" = "left",
  holding: string[] = [],
) => ({
  assignment,
  choice,
  activeMs: 1000,
  language: "en",
  requestKey: `request-key-${String(++keys).padStart(8, "0")}`,
  holding,
});

/** What an annotator sends who cannot judge an assignment. */
export const skipOf = (
  assignment: string,
  reason: SkipReason = "unreadable",
  holding: string[] = [],
): SkipRequest => ({
  ...{ assignment, reason, activeMs: 1000, holding },
  requestKey: `request-key-${String(++keys).padStart(8, "0")}`,
});
