import type { Context } from "../context.ts";
import { allotWork } from "../studies/allotment.ts";

/** A study that is handing out, or was, gets slots for what is new; a draft gets them when it opens. */
export async function allotNew(context: Context, studyId: number): Promise<void> {
  const { state } = await context.database.read(({ db }) =>
    db.selectFrom("study").select("state").where("id", "=", studyId).executeTakeFirstOrThrow(),
  );
  if (state === "open" || state === "paused") await allotWork(context, studyId);
}
