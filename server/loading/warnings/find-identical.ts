import type { Database, Reader } from "../../storage/database.ts";
import { meeting, type Pairs } from "./pairs.ts";
import { promptPages } from "./prompt-pages.ts";
import { type Remarks, someOf } from "../remarks.ts";

/** Remarks on prompts where systems that are compared gave the same output, as far as this call brought one of them. */
export async function findIdentical(
  database: Database,
  examined: { studyId: number; loadIds: ReadonlySet<number>; into: Remarks },
  pairs: Pairs,
): Promise<void> {
  const { studyId, into } = examined;
  const since = Math.min(...examined.loadIds);
  for await (const page of promptPages(database, studyId)) {
    await database.read(async (reader) => {
      for (const group of await identicalIn(reader, { studyId, since, ...page })) {
        const answers = await answersOf(reader, group);
        const met = meeting(
          pairs,
          answers.map((one) => one.system),
        );
        const latest = answers.at(-1);
        if (met.length === 0 || !latest) continue;
        const message = `The outputs of ${someOf(met)} for the prompt “${group.prompt}” are identical. They are kept, but not assigned unless the study shows identical outputs.`;
        into.add({ name: "OutputsIdentical", file: latest.file, line: latest.row, message });
      }
    });
  }
}

interface Group {
  readonly promptId: number;
  readonly prompt: string;
  readonly hash: string;
}

async function identicalIn(
  { db }: Reader,
  page: { studyId: number; since: number; after: number; last: number },
): Promise<Group[]> {
  return db
    .selectFrom("response as r")
    .innerJoin("prompt as p", "p.id", "r.prompt_id")
    .select(["r.prompt_id as promptId", "p.external_id as prompt", "r.content_hash as hash"])
    .where("p.study_id", "=", page.studyId)
    .where("r.prompt_id", ">", page.after)
    .where("r.prompt_id", "<=", page.last)
    .groupBy(["r.prompt_id", "p.external_id", "r.content_hash"])
    .having((eb) =>
      eb.and([eb(eb.fn.countAll<number>(), ">", 1), eb(eb.fn.max<number>("r.load_id"), ">=", page.since)]),
    )
    .orderBy("r.prompt_id")
    .orderBy("r.content_hash")
    .execute();
}

/** Who gave this output, in the order of loading. */
async function answersOf({ db }: Reader, { promptId, hash }: Group) {
  return db
    .selectFrom("response as r")
    .innerJoin("system as s", "s.id", "r.system_id")
    .innerJoin("load as l", "l.id", "r.load_id")
    .select(["s.name as system", "l.file_name as file", "r.load_row as row"])
    .where("r.prompt_id", "=", promptId)
    .where("r.content_hash", "=", hash)
    .orderBy("r.id")
    .execute();
}
