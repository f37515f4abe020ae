import type { Context } from "../../context.ts";
import type { Revealing } from "../../contract/corrections.ts";
import { requireStudy } from "../../studies/store.ts";
import { oddities } from "./odd-outputs.ts";
import { promptPages } from "./prompt-pages.ts";

/** Looks through all outputs for special tokens and for the name of the output's own system. @throws StudyNotFound */
export async function revealingOutputs(context: Context, name: string): Promise<Revealing[]> {
  const { database } = context;
  const study = await database.read((reader) => requireStudy(reader, name));
  const found = new Map<string, number>();
  for await (const page of promptPages(database, study.id)) {
    const rows = await database.read(({ db }) =>
      db
        .selectFrom("response as r")
        .innerJoin("prompt as p", "p.id", "r.prompt_id")
        .innerJoin("system as s", "s.id", "r.system_id")
        .innerJoin("load as l", "l.id", "r.load_id")
        .select(["r.turns", "s.name as system"])
        .where("p.study_id", "=", study.id)
        .where("l.state", "=", "published")
        .where("p.id", ">", page.after)
        .where("p.id", "<=", page.last)
        .execute(),
    );
    for (const { turns, system } of rows) {
      for (const { message, reveals } of oddities(JSON.parse(turns) as string[], system))
        if (reveals) found.set(message, (found.get(message) ?? 0) + 1);
    }
  }
  return [...found].map(([message, outputs]) => ({ message, outputs }));
}
