import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Protocol } from "../contract/studies.ts";
import type { Reader } from "../storage/database.ts";
import { statement } from "../storage/statement.ts";
import type { Tables } from "../storage/tables/index.ts";
import { keyOf } from "../studies/keys.ts";
import type { AnnotatorAtWork } from "./statements.ts";

/** A comparison with a known answer, which looks like any other. */
export interface Check {
  readonly comparisonId: number;
  readonly promptId: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The checks of one annotator, by a schedule that nobody can foresee without the seed: in every stretch of `every` pairs
 * one check comes up at a place drawn for this annotator, as long as there are known answers left. For one transaction
 * that holds the annotator's lock.
 */
export class Checks {
  readonly #tx: Pick<Reader, "run">;
  readonly #annotator: AnnotatorAtWork;
  readonly #every: number;
  readonly #known: number;
  #handed: number;

  private constructor(
    tx: Pick<Reader, "run">,
    given: { annotator: AnnotatorAtWork; every: number; known: number; handed: number },
  ) {
    this.#tx = tx;
    this.#annotator = given.annotator;
    this.#every = given.every;
    this.#known = given.known;
    this.#handed = given.handed;
  }

  /** @returns null where the protocol asks for no checks of this annotator: models get none, and nothing is read. */
  static async read(
    tx: Pick<Reader, "run">,
    annotator: AnnotatorAtWork,
    protocol: Protocol,
  ): Promise<Checks | null> {
    const { checks, groups } = protocol;
    const group = groups.find(({ name }) => name === annotator.group);
    if (checks === undefined || group === undefined || group.kind === "model") return null;
    const who = { annotatorId: annotator.id, studyId: annotator.studyId };
    const [tally] = await tx.run(selectTally, who);
    const counts = { known: tally?.known ?? 0, handed: tally?.handed ?? 0 };
    return new Checks(tx, { annotator, every: checks.every, ...counts });
  }

  /** Checks that the annotator has been handed. */
  get handed(): number {
    return this.#handed;
  }

  /** How many checks have come up once so many pairs have been handed out. */
  dueAfter(pairs: number): number {
    const { seed, displayNumber } = this.#annotator;
    const stretch = Math.floor(pairs / this.#every);
    const place = 1 + (keyOf(seed, "check", displayNumber, stretch) % this.#every);
    const due = stretch + (pairs % this.#every >= place ? 1 : 0);
    return Math.min(due, this.#known);
  }

  /** The next check, where one has come up after so many pairs and the annotator has not had it. */
  async next(pairs: number): Promise<Check | null> {
    if (this.#handed >= this.dueAfter(pairs)) return null;
    const { id, seed, displayNumber, studyId } = this.#annotator;
    const left = await this.#tx.run(selectLeft, { annotatorId: id, studyId });
    const drawn = (check: Check) => keyOf(seed, "check drawn", displayNumber, check.comparisonId);
    return left.reduce<Check | null>(
      (first, one) => (first === null || drawn(one) < drawn(first) ? one : first),
      null,
    );
  }

  /** A check was handed out. */
  wasHanded(): void {
    this.#handed++;
  }
}

interface Who {
  annotatorId: number;
  studyId: number;
}

/** Known answers that can be shown: of published loads, with the texts of the prompt and of both responses. */
const usable = (db: Kysely<Tables>, studyId: RawBuilder<number>) =>
  db
    .selectFrom("known_answer as k")
    .innerJoin("load as kl", "kl.id", "k.load_id")
    .innerJoin("comparison as c", "c.id", "k.comparison_id")
    .innerJoin("prompt_text as t", "t.prompt_id", "c.prompt_id")
    .innerJoin("load as tl", "tl.id", "t.load_id")
    .innerJoin("response as low", (join) =>
      join.onRef("low.prompt_id", "=", "c.prompt_id").onRef("low.system_id", "=", "c.low_system_id"),
    )
    .innerJoin("load as ll", "ll.id", "low.load_id")
    .innerJoin("response as high", (join) =>
      join.onRef("high.prompt_id", "=", "c.prompt_id").onRef("high.system_id", "=", "c.high_system_id"),
    )
    .innerJoin("load as hl", "hl.id", "high.load_id")
    .where("k.study_id", "=", studyId)
    .where("kl.state", "=", PUBLISHED)
    .where("tl.state", "=", PUBLISHED)
    .where("ll.state", "=", PUBLISHED)
    .where("hl.state", "=", PUBLISHED)
    .whereRef("low.turn_count", ">=", "c.turn")
    .whereRef("high.turn_count", ">=", "c.turn");

const PUBLISHED = sql.lit<"published">("published");

const selectTally = statement<Who, { known: number; handed: number }>((db, param) =>
  usable(db, param("studyId")).select((e) => [
    e.fn.countAll<number>().as("known"),
    e
      .selectFrom("assignment as a")
      .select((own) => own.fn.countAll<number>().as("handed"))
      .where("a.annotator_id", "=", param("annotatorId"))
      .where("a.purpose", "=", sql.lit<"check">("check"))
      .$castTo<{ handed: number }>()
      .as("handed"),
  ]),
);

const selectLeft = statement<Who, Check>((db, param) =>
  usable(db, param("studyId"))
    .select(["c.id as comparisonId", "c.prompt_id as promptId"])
    .select(["c.low_system_id as low", "c.high_system_id as high"])
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom("assignment as a")
            .select("a.id")
            .where("a.annotator_id", "=", param("annotatorId"))
            .whereRef("a.comparison_id", "=", "c.id"),
        ),
      ),
    ),
);
