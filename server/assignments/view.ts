import type { AssignmentView } from "../contract/judging.ts";
import type { MinimumTime } from "../contract/quality.ts";
import { statement } from "../storage/statement.ts";
import type { Transaction } from "../storage/database.ts";
import { minimumMsOf } from "./minimum-time.ts";

/** One assignment's texts: the rendered HTML where it is stored, else the text to render. */
export interface AssignmentTexts {
  readonly token: string;
  readonly turn: number;
  readonly promptTurns: string;
  readonly leftTurns: string;
  readonly rightTurns: string;
  readonly promptHtml: string | null;
  readonly leftHtml: string | null;
  readonly rightHtml: string | null;
}

/** The texts of one assignment, by its id. */
const selectTexts = statement<{ assignmentId: number; version: string }, AssignmentTexts>((db, param) =>
  db
    .selectFrom("assignment as a")
    .innerJoin("comparison as c", "c.id", "a.comparison_id")
    .innerJoin("prompt_text as p", "p.prompt_id", "c.prompt_id")
    .innerJoin("response as l", (join) =>
      join.onRef("l.prompt_id", "=", "c.prompt_id").onRef("l.system_id", "=", "a.left_system_id"),
    )
    .innerJoin("response as r", (join) =>
      join.onRef("r.prompt_id", "=", "c.prompt_id").onRef("r.system_id", "=", "a.right_system_id"),
    )
    .leftJoin("rendering as ph", (join) =>
      join.onRef("ph.content_hash", "=", "p.content_hash").on("ph.version", "=", param("version")),
    )
    .leftJoin("rendering as lh", (join) =>
      join.onRef("lh.content_hash", "=", "l.content_hash").on("lh.version", "=", param("version")),
    )
    .leftJoin("rendering as rh", (join) =>
      join.onRef("rh.content_hash", "=", "r.content_hash").on("rh.version", "=", param("version")),
    )
    .select(["a.token", "c.turn", "p.turns as promptTurns", "l.turns as leftTurns", "r.turns as rightTurns"])
    .select(["ph.html as promptHtml", "lh.html as leftHtml", "rh.html as rightHtml"])
    .where("a.id", "=", param("assignmentId")),
);

export async function textsOf(
  tx: Pick<Transaction, "run">,
  assignmentIds: readonly number[],
  version: string,
): Promise<AssignmentTexts[]> {
  const texts: AssignmentTexts[] = [];
  for (const assignmentId of assignmentIds)
    texts.push(...(await tx.run(selectTexts, { assignmentId, version })));
  return texts;
}

export type RenderTurns = (turns: string[]) => Promise<string[]>;

/** What the annotator's browser gets: safe HTML up to the turn that is judged, and nothing else. */
export async function viewOf(
  texts: AssignmentTexts,
  render: RenderTurns,
  minimumTime?: MinimumTime,
): Promise<AssignmentView> {
  const upTo = async (html: string | null, turns: string) => {
    const parsed = JSON.parse(html ?? turns) as string[];
    const shown = parsed.slice(0, texts.turn);
    return html === null ? render(shown) : shown;
  };
  const [prompt, left, right] = await Promise.all([
    upTo(texts.promptHtml, texts.promptTurns),
    upTo(texts.leftHtml, texts.leftTurns),
    upTo(texts.rightHtml, texts.rightTurns),
  ]);
  const view = { assignment: texts.token, prompt, left, right };
  if (minimumTime === undefined) return view;
  const { turn, promptTurns, leftTurns, rightTurns } = texts;
  const shown = { turn, texts: [promptTurns, leftTurns, rightTurns] };
  return { ...view, minimumMs: minimumMsOf(minimumTime, shown) };
}
