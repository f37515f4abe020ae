import type { Database } from "../../storage/database.ts";
import { promptPages } from "./prompt-pages.ts";
import type { Remarks } from "../remarks.ts";

/** Remarks on outputs that answer more or fewer turns than their prompt has, as far as this call brought one of the two. */
export async function findTurns(
  database: Database,
  examined: { studyId: number; loadIds: ReadonlySet<number>; into: Remarks },
): Promise<void> {
  const { studyId, loadIds, into } = examined;
  const since = Math.min(...loadIds);
  for await (const page of promptPages(database, studyId)) {
    const rows = await database.read(({ db }) =>
      db
        .selectFrom("response as r")
        .innerJoin("prompt_text as t", "t.prompt_id", "r.prompt_id")
        .innerJoin("prompt as p", "p.id", "r.prompt_id")
        .innerJoin("system as s", "s.id", "r.system_id")
        .innerJoin("load as l", "l.id", "r.load_id")
        .select(["s.name as system", "p.external_id as prompt", "t.turns", "r.turn_count as answered"])
        .select(["l.file_name as file", "r.load_row as row"])
        .where("p.study_id", "=", studyId)
        .where("r.prompt_id", ">", page.after)
        .where("r.prompt_id", "<=", page.last)
        .where((eb) => eb.or([eb("r.load_id", ">=", since), eb("t.load_id", ">=", since)]))
        // one turn of both is what nearly all have: two texts in JSON have `","` between them, and a single one has not
        .where((eb) => eb.or([eb("r.turn_count", "<>", 1), eb("t.turns", "like", '%","%')]))
        .orderBy("r.prompt_id")
        .orderBy("r.system_id")
        .execute(),
    );
    for (const { system, prompt, turns, answered, file, row } of rows) {
      const asked = (JSON.parse(turns) as unknown[]).length;
      if (asked === answered) continue;
      const fate = answered < asked ? " The turns that it does not answer are not assigned." : "";
      const message = `${system} answers ${answered} of ${asked} ${asked === 1 ? "turn" : "turns"} of the prompt “${prompt}”.${fate}`;
      into.add({ name: "TurnsDiffer", file, line: row, message });
    }
  }
}
