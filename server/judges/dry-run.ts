import type { Context } from "../context.ts";
import { samplesOf } from "../contract/judge-method.ts";
import type { JudgeSettings } from "../contract/judges.ts";
import type { Wording } from "../contract/studies.ts";
import type { Reader } from "../storage/database.ts";
import { requireStudy } from "../studies/store.ts";
import { type CostEstimate, estimateRun, type TokenPrice } from "../model-servers/cost.ts";
import type { ModelMessage } from "../model-servers/model-call.ts";
import { pairOf } from "./claim.ts";
import type { Source } from "./statements.ts";
import { judgeMessages } from "./template.ts";

/** Comparisons whose texts are in memory at once. */
const A_PAGE = 200;
/** Stands for the code that a run derives for each prompt. */
const BOUNDARY = "0123456789ab";

interface DryRunWanted {
  readonly study: string;
  /** The judge's name: what it has judged already is not counted again. */
  readonly annotator: string;
  readonly settings: JudgeSettings;
  readonly wording: Wording;
  readonly price: TokenPrice | null;
}

/** What a run would come to, by the texts that it would send; nothing is sent or written. @throws StudyNotFound */
export async function dryRun(context: Context, wanted: DryRunWanted): Promise<CostEstimate> {
  const { settings, wording, price } = wanted;
  const sum = { calls: 0, promptTokens: 0, completionTokens: 0, nanodollars: price === null ? null : 0 };
  for (let after = 0; ;) {
    const page = await context.database.read((reader) => comparisonsAfter(reader, wanted, after));
    const messages = page.map((one) => messagesAbout(one, { settings, wording }));
    const part = estimateRun({ comparisons: messages, again: settings, price });
    const samples = samplesOf(settings);
    sum.calls += part.calls * samples;
    sum.promptTokens += part.promptTokens * samples;
    sum.completionTokens += part.completionTokens * samples;
    if (sum.nanodollars !== null) sum.nanodollars += (part.nanodollars ?? 0) * samples;
    if (page.length < A_PAGE) break;
    after = page.at(-1)!.id;
  }
  const { nanodollars, calls } = sum;
  return { ...sum, nanodollarsPerCall: nanodollars === null || calls === 0 ? null : nanodollars / calls };
}

function messagesAbout(
  source: Source,
  { settings, wording }: Pick<DryRunWanted, "settings" | "wording">,
): ModelMessage[] {
  const { structured, method } = settings;
  return judgeMessages({ ...pairOf(source, settings), wording, boundary: BOUNDARY, structured, method });
}

/** What a model would be sent about the first comparison that it has not judged; null where there is none. */
export async function previewMessages(
  context: Context,
  wanted: Omit<DryRunWanted, "price">,
): Promise<ModelMessage[] | null> {
  const [first] = await context.database.read((reader) => comparisonsAfter(reader, wanted, 0));
  return first ? messagesAbout(first, wanted) : null;
}

/** Comparisons that somebody is to judge, with their texts, but for those that this judge has judged. */
async function comparisonsAfter(
  reader: Reader,
  wanted: Pick<DryRunWanted, "study" | "annotator">,
  after: number,
) {
  const study = await requireStudy(reader, wanted.study);
  return reader.db
    .selectFrom("comparison as c")
    .innerJoin("prompt_text as p", "p.prompt_id", "c.prompt_id")
    .innerJoin("response as l", (join) =>
      join.onRef("l.prompt_id", "=", "c.prompt_id").onRef("l.system_id", "=", "c.low_system_id"),
    )
    .innerJoin("response as h", (join) =>
      join.onRef("h.prompt_id", "=", "c.prompt_id").onRef("h.system_id", "=", "c.high_system_id"),
    )
    .innerJoin("study as s", "s.id", "c.study_id")
    .select(["c.id", "c.turn", "s.seed", "p.metadata"])
    .select(["p.turns as promptTurns", "l.turns as leftTurns", "h.turns as rightTurns"])
    .where("c.study_id", "=", study.id)
    .where("c.id", ">", after)
    .where((e) => e.exists(e.selectFrom("slot as o").select("o.id").whereRef("o.comparison_id", "=", "c.id")))
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom("assignment as a")
            .innerJoin("annotator as r", "r.id", "a.annotator_id")
            .select("a.id")
            .whereRef("a.comparison_id", "=", "c.id")
            .where("a.ended_how", "=", "judged")
            .where("a.purpose", "<>", "corrected")
            .where("r.provider", "=", "judge")
            .where("r.external_id", "=", wanted.annotator),
        ),
      ),
    )
    .orderBy("c.id")
    .limit(A_PAGE)
    .execute();
}
