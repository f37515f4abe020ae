import type { Database, Reader } from "../../storage/database.ts";
import type { Pairs } from "./pairs.ts";
import { promptPages } from "./prompt-pages.ts";
import { shorten } from "../remarks.ts";
import { idFromHash } from "../text.ts";

interface Missing {
  /** Systems that are compared or known, and have no outputs at all. */
  readonly silentSystems: string[];
  readonly respondingSystems: string[];
  /** `total`: the prompts that have a text. */
  readonly gaps: { system: string; prompts: number; total: number; examples: string[] }[];
  readonly textless: { prompts: number; examples: string[] };
}

const EXAMPLES = 5;

/** Counts, page by page, which prompts have no text and which systems have no output for them. */
export async function countMissing(
  database: Database,
  { studyId }: { studyId: number },
  pairs: Pairs,
): Promise<Missing> {
  const answered = new Map<number, number>();
  const counted = { texts: 0, all: 0 };
  for await (const page of promptPages(database, studyId)) {
    await database.read(async (reader) => {
      const { texts, all } = await countPrompts(reader, studyId, page);
      counted.texts += texts;
      counted.all += all;
      for (const row of await countAnswers(reader, page)) {
        answered.set(row.id, (answered.get(row.id) ?? 0) + row.responses);
      }
    });
  }
  return database.read(async (reader) => {
    const systems = await systemsOf(reader, studyId);
    const gaps = [];
    for (const { id, name, responds } of systems) {
      const prompts = counted.texts - (answered.get(id) ?? 0);
      if (!responds || prompts === 0) continue;
      gaps.push({
        system: name,
        prompts,
        total: counted.texts,
        examples: await unanswered(reader, studyId, id),
      });
    }
    const textless = counted.all - counted.texts;
    const examples = textless > 0 ? await withoutText(reader, studyId) : [];
    const respondingSystems = systems.filter((one) => one.responds).map((one) => one.name);
    const silentSystems = silent(systems, pairs);
    return { silentSystems, respondingSystems, gaps, textless: { prompts: textless, examples } };
  });
}

interface Page {
  after: number;
  last: number;
}

async function countPrompts({ db }: Reader, studyId: number, { after, last }: Page) {
  return db
    .selectFrom("prompt as p")
    .leftJoin("prompt_text as t", "t.prompt_id", "p.id")
    .select(({ fn }) => [fn.count<number>("p.id").as("all"), fn.count<number>("t.prompt_id").as("texts")])
    .where("p.study_id", "=", studyId)
    .where("p.id", ">", after)
    .where("p.id", "<=", last)
    .executeTakeFirstOrThrow();
}

/** For each system, its outputs for prompts that have a text. The page has prompts of other studies too: their systems differ. */
async function countAnswers({ db }: Reader, { after, last }: Page) {
  return db
    .selectFrom("response as r")
    .innerJoin("prompt_text as t", "t.prompt_id", "r.prompt_id")
    .select(["r.system_id as id", db.fn.countAll<number>().as("responses")])
    .where("r.prompt_id", ">", after)
    .where("r.prompt_id", "<=", last)
    .groupBy("r.system_id")
    .execute();
}

async function systemsOf({ db }: Reader, studyId: number) {
  const rows = await db
    .selectFrom("system as s")
    .select(["s.id", "s.name"])
    .select((eb) =>
      eb
        .selectFrom("response as r")
        .select("r.id")
        .whereRef("r.system_id", "=", "s.id")
        .limit(1)
        .as("response"),
    )
    .where("s.study_id", "=", studyId)
    .orderBy("s.id")
    .execute();
  return rows.map(({ id, name, response }) => ({ id, name, responds: response !== null }));
}

function silent(systems: readonly { name: string; responds: boolean }[], pairs: Pairs): string[] {
  const compared = pairs === "all" ? [] : [pairs.target, ...pairs.baselines];
  const responding = new Set(systems.filter((one) => one.responds).map((one) => one.name));
  const names = new Set([...compared, ...systems.map((one) => one.name)]);
  return [...names].filter((name) => !responding.has(name));
}

/** The first prompts that a system has no output for. */
async function unanswered({ db }: Reader, studyId: number, systemId: number): Promise<string[]> {
  const rows = await db
    .selectFrom("prompt as p")
    .innerJoin("prompt_text as t", "t.prompt_id", "p.id")
    .select(["p.external_id", "t.turns"])
    .where("p.study_id", "=", studyId)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("response as r")
            .select("r.id")
            .whereRef("r.prompt_id", "=", "p.id")
            .where("r.system_id", "=", systemId),
        ),
      ),
    )
    .orderBy("p.id")
    .limit(EXAMPLES)
    .execute();
  return rows.map(({ external_id: id, turns }) =>
    idFromHash(id) ? shorten((JSON.parse(turns) as string[]).join(" / ")) : id,
  );
}

async function withoutText({ db }: Reader, studyId: number): Promise<string[]> {
  const rows = await db
    .selectFrom("prompt as p")
    .leftJoin("prompt_text as t", "t.prompt_id", "p.id")
    .select("p.external_id")
    .where("p.study_id", "=", studyId)
    .where("t.prompt_id", "is", null)
    .orderBy("p.id")
    .limit(EXAMPLES)
    .execute();
  return rows.map((row) => row.external_id);
}
