import type { Protocol } from "../contract/studies.ts";
import type { Reader } from "../storage/database.ts";
import { asWord } from "../report-document/as-word.ts";
import { ProtocolWrong } from "./errors.ts";
import type { StudyRow } from "./store.ts";

/**
 * Makes sure that the checks that a protocol asks for can be handed out: known answers are there, and on pairs of systems
 * that the study does not compare, since what is a check is in no other figure.
 * @throws ProtocolWrong, which says what to do
 */
export async function requireChecks(reader: Reader, study: StudyRow, protocol: Protocol): Promise<void> {
  const { checks, pairs } = protocol;
  if (checks === undefined) return;
  if (pairs === "all") {
    const why = "if every pair of systems is compared, no pair is left to check annotators with";
    throw new ProtocolWrong(`Checks need a target and baselines: ${why}.`);
  }
  const answers = await pairsWithAnswers(reader, study.id);
  if (answers.length === 0) {
    const load = `npx tiebreak load ${asWord(study.name)} FILE…`;
    throw new ProtocolWrong(
      `The protocol has checks, but no gold-standard answers are loaded. Load some (expected_choice, in docs/formats.md), or disable checks (--checks-every 0):\n  ${load}`,
    );
  }
  const compared = new Set(pairs.baselines.map((baseline) => keyOf(pairs.target, baseline)));
  const clash = answers.find(({ one, other }) => compared.has(keyOf(one, other)));
  if (clash) {
    const why =
      "and a check enters no other figure. Take outputs of a system of their own, such as spoilt ones";
    throw new ProtocolWrong(
      `A known answer is about ${clash.one} and ${clash.other}, which the study compares, ${why}.`,
    );
  }
}

const keyOf = (...names: string[]): string => JSON.stringify(names.sort());

/** The pairs of systems, by their names, that known answers are about. */
async function pairsWithAnswers({ db }: Reader, studyId: number): Promise<{ one: string; other: string }[]> {
  return db
    .selectFrom("known_answer as k")
    .innerJoin("load as l", "l.id", "k.load_id")
    .innerJoin("comparison as c", "c.id", "k.comparison_id")
    .innerJoin("system as low", "low.id", "c.low_system_id")
    .innerJoin("system as high", "high.id", "c.high_system_id")
    .select(["low.name as one", "high.name as other"])
    .distinct()
    .where("k.study_id", "=", studyId)
    .where("l.state", "=", "published")
    .execute();
}
