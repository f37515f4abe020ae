import { type Context, now } from "../context.ts";
import type { Protocol, ProtocolGroup } from "../contract/studies.ts";
import type { JudgeSettings } from "../contract/judges.ts";
import type { Reader, Transaction } from "../storage/database.ts";
import { asWord } from "../report-document/as-word.ts";
import { allotWork } from "../studies/allotment.ts";
import { amendGroup } from "../studies/amend.ts";
import { nextDisplayNumber } from "../studies/annotators.ts";
import { currentProtocol, requireStudy, type StudyRow } from "../studies/store.ts";
import { JudgeNotReady, JudgeWrong } from "./errors.ts";
import { requireSameSetting } from "./one-setting.ts";

/** Judge models, as opposed to people who came by a link and names in a loaded file. */
const PROVIDER = "judge";

/** A model as an annotator of a group, with work that is allotted to it. */
export interface Judge {
  readonly studyId: number;
  readonly groupId: number;
  readonly annotatorId: number;
}

export interface JudgeWanted {
  readonly study: string;
  readonly group: string;
  /** The name that the judge bears in the report. */
  readonly annotator: string;
  readonly by: string;
  /** How many judges the group is to have at least, where several come at once. */
  readonly judges?: number;
}

/**
 * Makes a judge ready: its group stands in the protocol, it is an annotator of that group, and every comparison wants
 * as many judgments of the group as it has judges. What is there already stays as it is, so this is safe to repeat.
 * @throws StudyNotFound, JudgeNotReady where the study is not open or the judge is excluded by a rule, JudgeWrong where
 *   the group is one of people or the name belongs to somebody else
 */
export async function prepareJudge(context: Context, wanted: JudgeWanted): Promise<Judge> {
  const { judge, isAmended } = await context.database.transact(async (tx) => {
    const study = await requireOpen(tx, wanted.study);
    const { protocol } = await currentProtocol(tx, study.id);
    const planned = modelGroup(protocol, wanted.group);
    const judges = await judgesOf(tx, study.id, wanted.group);
    const there = judges.length + (judges.some(({ name }) => name === wanted.annotator) ? 0 : 1);
    const count = Math.max(there, wanted.judges ?? 1);
    const isAmended = !planned || Math.max(planned.judgments, planned.sharedJudgments) < count;
    const groupId = isAmended
      ? await amendGroup(context, tx, {
          study,
          by: wanted.by,
          group: groupFor(wanted.group, count, protocol),
        })
      : await groupIdOf(tx, study.id, wanted.group);
    const annotatorId = await annotatorOf(context, tx, { study, groupId, name: wanted.annotator });
    return { judge: { studyId: study.id, groupId, annotatorId }, isAmended };
  });
  if (isAmended) await allotWork(context, judge.studyId);
  return judge;
}

/**
 * What `prepareJudge` would find, but for a draft, which may open yet; nothing is written.
 * @throws StudyNotFound, JudgeNotReady, JudgeWrong
 */
export async function checkJudge(
  { database }: Pick<Context, "database">,
  wanted: JudgeWanted & { readonly settings: JudgeSettings },
): Promise<void> {
  await database.read(async (reader) => {
    const study = await requireStudy(reader, wanted.study);
    if (study.state === "closed") throw notReady(study);
    modelGroup((await currentProtocol(reader, study.id)).protocol, wanted.group);
    const there = await annotatorNamed(reader, study.id, wanted.annotator);
    if (there) await requireSameSetting(reader, { annotatorId: there.id, settings: wanted.settings });
  });
}

/** The group in the protocol; undefined where there is none. @throws JudgeWrong where it is one of people */
function modelGroup({ groups }: Protocol, name: string): ProtocolGroup | undefined {
  const there = groups.find((group) => group.name === name);
  if (there && there.kind !== "model")
    throw new JudgeWrong(`${name} is a group of people. Name another group for the model: --group NAME.`);
  return there;
}

async function requireOpen(tx: Transaction, name: string): Promise<StudyRow> {
  const study = await requireStudy(tx, name);
  const row = tx.db.selectFrom("study").select("id").where("id", "=", study.id);
  await tx.dialect.lockRows(row).executeTakeFirstOrThrow(); // two judges who come at once come one after the other
  if (study.state === "open") return study;
  throw notReady(study);
}

function notReady({ name, state }: StudyRow): JudgeNotReady {
  const command = state === "closed" ? `reopen ${asWord(name)} --reason "…"` : `open ${asWord(name)}`;
  return new JudgeNotReady(
    `The study ${name} is ${state === "draft" ? "a draft" : state}; models can judge open studies only. Open it first:\n` +
      `  npx tiebreak study ${command}`,
  );
}

function groupFor(name: string, judges: number, { groups }: Protocol): ProtocolGroup {
  const there = groups.find((group) => group.name === name);
  const settings = { judgmentsPerAnnotator: null, headline: false, ...there };
  return { ...settings, name, kind: "model", judgments: judges, sharedJudgments: judges };
}

async function judgesOf({ db }: Transaction, studyId: number, group: string): Promise<{ name: string }[]> {
  return db
    .selectFrom("annotator as a")
    .innerJoin("annotator_group as g", "g.id", "a.group_id")
    .select("a.external_id as name")
    .where("g.study_id", "=", studyId)
    .where("g.name", "=", group)
    .where("a.provider", "=", PROVIDER)
    .execute();
}

/** The judge's id. @throws JudgeNotReady where its judgments are left out: paying for more would be in vain */
async function requireIn(
  { db }: Transaction,
  { study, name, id }: { study: StudyRow; name: string; id: number },
): Promise<number> {
  const exclusion = db.selectFrom("exclusion").select("rule").where("annotator_id", "=", id);
  const inForce = await exclusion.where("lifted_at", "is", null).executeTakeFirst();
  if (!inForce) return id;
  throw new JudgeNotReady(
    `${name} is excluded from ${study.name} by the rule “${inForce.rule}”. Bring it back first:\n` +
      `  npx tiebreak exclude ${asWord(study.name)} --annotator ${asWord(name)} --lift`,
  );
}

async function groupIdOf({ db }: Transaction, studyId: number, name: string): Promise<number> {
  const group = await db
    .selectFrom("annotator_group")
    .select("id")
    .where("study_id", "=", studyId)
    .where("name", "=", name)
    .executeTakeFirstOrThrow();
  return group.id;
}

const annotatorNamed = ({ db }: Reader, studyId: number, name: string) =>
  db
    .selectFrom("annotator")
    .select(["id", "group_id"])
    .where("study_id", "=", studyId)
    .where("external_id", "=", name)
    .where("provider", "=", PROVIDER)
    .executeTakeFirst();

async function annotatorOf(
  context: Context,
  tx: Transaction,
  { study, groupId, name }: { study: StudyRow; groupId: number; name: string },
): Promise<number> {
  const there = await annotatorNamed(tx, study.id, name);
  if (there && there.group_id !== groupId)
    throw new JudgeWrong(
      `${name} already judges in another group of ${study.name}. Choose another name: --annotator NAME.`,
    );
  if (there) return requireIn(tx, { study, name, id: there.id });
  const number = await nextDisplayNumber(tx, study.id);
  const row = {
    ...{ group_id: groupId, study_id: study.id, provider: PROVIDER, external_id: name },
    ...{ display_number: number, token_hash: null, probe_key: null, created_at: now(context) },
  };
  const made = await tx.db.insertInto("annotator").values(row).returning("id").executeTakeFirstOrThrow();
  return made.id;
}
