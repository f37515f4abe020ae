import type { Context } from "../context.ts";
import type { RunningFigure } from "../contract/judging.ts";
import type { Protocol } from "../contract/studies.ts";
import { type Choice, sideChosen } from "../contract/words.ts";
import { statement } from "../storage/statement.ts";
import { isRefused } from "../statistics/estimate.ts";
import { confidenceSequence } from "../statistics/intervals/confidence-sequence.ts";
import { LinkNotValid } from "../studies/errors.ts";
import { currentProtocol } from "../studies/store.ts";
import { annotatorByLink } from "./annotator-by-link.ts";

interface Own {
  readonly low: string;
  readonly high: string;
  readonly isLowLeft: number;
  readonly choice: Choice;
}

/** An annotator's judgments that count, in the order in which their pairs were assigned. */
const selectOwn = statement<{ annotatorId: number }, Own>((db, param) =>
  db
    .selectFrom("counted_judgment as j")
    .innerJoin("system as l", "l.id", "j.low_system_id")
    .innerJoin("system as h", "h.id", "j.high_system_id")
    .select((e) => [
      ...(["l.name as low", "h.name as high", "j.choice"] as const),
      e
        .case()
        .when("j.left_system_id", "=", e.ref("j.low_system_id"))
        .then(e.lit(1))
        .else(e.lit(0))
        .end()
        .as("isLowLeft"),
    ])
    .where("j.annotator_id", "=", param("annotatorId"))
    .orderBy("j.assignment_id"),
);

/**
 * The figures of one annotator's own judgments, for groups that see them: of the first so many judgments, a multiple of
 * what the protocol sets. Each prompt enters a pair once, so its values are in the random order of assignment.
 * @throws LinkNotValid where the link is nobody's, or of a group that does not see any, LinkRevoked
 */
export async function runningFigure(context: Context, token: string): Promise<RunningFigure> {
  return context.database.read(async (reader) => {
    const annotator = await annotatorByLink(reader, token);
    const { protocol } = await currentProtocol(reader, annotator.studyId);
    const every = protocol.groups.find(({ name }) => name === annotator.group)?.runningFigure?.every;
    if (every === undefined) throw new LinkNotValid();
    const rows = await reader.run(selectOwn, { annotatorId: annotator.id });
    return { every, pairs: figuresOf(rows.slice(0, rows.length - (rows.length % every)), protocol.pairs) };
  });
}

function figuresOf(rows: readonly Own[], pairs: Protocol["pairs"]): RunningFigure["pairs"] {
  const values = new Map<string, { system: string; against: string; values: number[] }>();
  for (const row of rows) {
    const isHighFirst = pairs !== "all" && row.high === pairs.target;
    const [system, against] = isHighFirst ? [row.high, row.low] : [row.low, row.high];
    const key = JSON.stringify([system, against]);
    const one = values.get(key) ?? { system, against, values: [] };
    values.set(key, one);
    const side = sideChosen(row.choice);
    const isSystemLeft = (row.isLowLeft === 1) !== isHighFirst;
    one.values.push(side === null ? 1 / 2 : (side === "left") === isSystemLeft ? 1 : 0);
  }
  return [...values.values()].map(({ values: given, ...names }) => {
    const count = (value: number) => given.filter((one) => one === value).length;
    const interval = confidenceSequence(given);
    const { low, high } = isRefused(interval) ? { low: 0, high: 1 } : interval;
    const rate = given.reduce((sum, one) => sum + one, 0) / given.length;
    return { ...names, wins: count(1), ties: count(1 / 2), losses: count(0), rate, low, high };
  });
}
