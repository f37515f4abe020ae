import type { Flag, FlagOf } from "../contract/remarks.ts";
import type { Transaction } from "../storage/database.ts";
import { statement } from "../storage/statement.ts";

/** The answer that flags belong to. */
interface Answer {
  readonly annotatorId: number;
  readonly requestKey: string;
}

/** Writes what came with an answer. */
export async function writeFlags(
  tx: Transaction,
  { annotatorId, requestKey, assignmentId }: Answer & { readonly assignmentId: number },
  flags: readonly Flag[],
): Promise<void> {
  for (const { flag, of } of flags)
    await tx.run(insertFlag, { annotatorId, requestKey, assignmentId, flag, of });
}

/** What came with an answer, in one order. */
export const flagsOf = (tx: Pick<Transaction, "run">, { annotatorId, requestKey }: Answer): Promise<Flag[]> =>
  tx.run(selectFlags, { annotatorId, requestKey });

/** Whether an answer came with just these flags. */
export async function hasFlags(tx: Transaction, answer: Answer, flags: readonly Flag[]): Promise<boolean> {
  const keys = (all: readonly Flag[]) => JSON.stringify(all.map(({ flag, of }) => `${of} ${flag}`).sort());
  return keys(await flagsOf(tx, answer)) === keys(flags);
}

const insertFlag = statement<Answer & Flag & { assignmentId: number }, never>((db, param) =>
  db.insertInto("flag").values({
    annotator_id: param("annotatorId"),
    request_key: param("requestKey"),
    assignment_id: param("assignmentId"),
    flag: param("flag"),
    of_what: param("of"),
  }),
);

const selectFlags = statement<Answer, { flag: string; of: FlagOf }>((db, param) =>
  db
    .selectFrom("flag")
    .select(["flag", "of_what as of"])
    .where("annotator_id", "=", param("annotatorId"))
    .where("request_key", "=", param("requestKey"))
    .orderBy("of_what")
    .orderBy("flag"),
);
