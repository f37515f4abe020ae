import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Protocol } from "../contract/studies.ts";
import type { Reader } from "../storage/database.ts";
import { statement } from "../storage/statement.ts";
import type { Tables } from "../storage/tables/index.ts";
import { keyOf } from "../studies/keys.ts";
import type { AnnotatorAtWork } from "./statements.ts";

/** A comparison that tests its annotator and looks like any other: its answer is known, or they have judged it before. */
export interface Check {
  readonly purpose: "check" | "repeat";
  readonly comparisonId: number;
  readonly promptId: number;
  readonly low: number;
  readonly high: number;
}

type Comparison = Omit<Check, "purpose">;

/** How often one kind of check comes up, and how many were handed out. */
interface Kind {
  readonly every: number;
  handed: number;
}

/** Comparisons with known answers, and how many there are. */
type Gold = Kind & { readonly known: number };
/** Comparisons judged before, and how many pairs cannot be among them. */
type Repeats = Kind & { readonly skipped: number };

/**
 * The checks of one annotator, by a schedule that nobody can foresee without the seed: in every stretch of `every` pairs
 * one check comes up at a place drawn for this annotator, as long as there are known answers left. Repeats of what they
 * judged come up in the same way from the second stretch on. For one transaction that holds the annotator's lock.
 */
export class Checks {
  readonly #tx: Pick<Reader, "run">;
  readonly #annotator: AnnotatorAtWork;
  readonly #gold: Gold | null;
  readonly #repeats: Repeats | null;

  private constructor(
    tx: Pick<Reader, "run">,
    given: { annotator: AnnotatorAtWork; gold: Gold | null; repeats: Repeats | null },
  ) {
    this.#tx = tx;
    this.#annotator = given.annotator;
    this.#gold = given.gold;
    this.#repeats = given.repeats;
  }

  /**
   * @param skipped pairs of the group that the annotator could not judge: they are not repeated
   * @returns null where the protocol asks for no checks of this annotator: models get none, and nothing is read
   */
  static async read(
    tx: Pick<Reader, "run">,
    annotator: AnnotatorAtWork,
    { checks, repeats, groups }: Protocol,
    skipped: number,
  ): Promise<Checks | null> {
    const group = groups.find(({ name }) => name === annotator.group);
    if ((!checks && !repeats) || group === undefined || group.kind === "model") return null;
    const who = { annotatorId: annotator.id, studyId: annotator.studyId };
    const [tally] = checks ? await tx.run(selectTally, who) : [];
    const [again] = repeats ? await tx.run(selectRepeated, who) : [];
    return new Checks(tx, {
      annotator,
      gold: checks ? { ...checks, known: tally?.known ?? 0, handed: tally?.handed ?? 0 } : null,
      repeats: repeats ? { ...repeats, skipped, handed: again?.handed ?? 0 } : null,
    });
  }

  /** Checks that the annotator has been handed, repeats among them. */
  get handed(): number {
    return (this.#gold?.handed ?? 0) + (this.#repeats?.handed ?? 0);
  }

  /** How many checks have come up once so many pairs have been handed out. */
  dueAfter(pairs: number): number {
    return this.#goldAfter(pairs) + this.#repeatsAfter(pairs);
  }

  #goldAfter(pairs: number): number {
    return this.#gold === null
      ? 0
      : Math.min(this.#gold.known, this.#placesIn(pairs, this.#gold.every, "check"));
  }

  #repeatsAfter(pairs: number): number {
    if (this.#repeats === null || pairs < this.#repeats.every) return 0;
    const { every, skipped } = this.#repeats;
    return Math.max(0, Math.min(this.#placesIn(pairs, every, "repeat") - 1, pairs - skipped));
  }

  /** How many stretches have come to the place that was drawn in each. */
  #placesIn(pairs: number, every: number, drawn: "check" | "repeat"): number {
    const { seed, displayNumber } = this.#annotator;
    const stretch = Math.floor(pairs / every);
    const place = 1 + (keyOf(seed, drawn, displayNumber, stretch) % every);
    return stretch + (pairs % every >= place ? 1 : 0);
  }

  /** The next check, where one has come up after so many pairs and the annotator has not had it. */
  async next(pairs: number): Promise<Check | null> {
    const who = { annotatorId: this.#annotator.id, studyId: this.#annotator.studyId };
    if (this.#gold !== null && this.#gold.handed < this.#goldAfter(pairs)) {
      const gold = this.#first(await this.#tx.run(selectLeft, who), "check drawn");
      if (gold) return { purpose: "check", ...gold };
    }
    if (this.#repeats === null || this.#repeats.handed >= this.#repeatsAfter(pairs)) return null;
    const repeat = this.#first(await this.#tx.run(selectRepeatable, who), "repeat drawn");
    return repeat && { purpose: "repeat", ...repeat };
  }

  #first<One extends Comparison>(left: readonly One[], drawn: string): One | null {
    const { seed, displayNumber } = this.#annotator;
    const key = ({ comparisonId }: One) => keyOf(seed, drawn, displayNumber, comparisonId);
    return left.reduce<One | null>(
      (first, one) => (first === null || key(one) < key(first) ? one : first),
      null,
    );
  }

  /** A check was handed out. */
  wasHanded({ purpose }: Pick<Check, "purpose">): void {
    const kind = purpose === "check" ? this.#gold : this.#repeats;
    if (kind) kind.handed++;
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

const selectLeft = statement<Who, Comparison>((db, param) =>
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

/** Walks assignment_again, which holds what was presented again and nothing else. */
const selectRepeated = statement<Who, { handed: number }>((db, param) =>
  db
    .selectFrom("assignment")
    .select((e) => e.fn.countAll<number>().as("handed"))
    .where("annotator_id", "=", param("annotatorId"))
    .where("presentation", ">", sql.lit(0))
    .where("purpose", "=", sql.lit<"repeat">("repeat")),
);

/** So many of the pairs judged first can be repeated: the latest are remembered. */
const REPEATABLE = 40;

/** What the annotator judged first and has not had again, in the order of judging. */
const selectRepeatable = statement<Who, Comparison>((db, param) =>
  db
    .selectFrom("assignment as a")
    .innerJoin("comparison as c", "c.id", "a.comparison_id")
    .select(["c.id as comparisonId", "c.prompt_id as promptId"])
    .select(["c.low_system_id as low", "c.high_system_id as high"])
    .where("a.annotator_id", "=", param("annotatorId"))
    .where("a.ordinal", ">", sql.lit(0))
    .where("a.presentation", "=", sql.lit(0))
    .where("a.slot_id", "is not", null)
    .where("a.ended_how", "=", sql.lit<"judged">("judged"))
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom("assignment as again")
            .select("again.id")
            .where("again.annotator_id", "=", param("annotatorId"))
            .whereRef("again.comparison_id", "=", "a.comparison_id")
            .where("again.presentation", "=", sql.lit(1)),
        ),
      ),
    )
    .orderBy("a.ordinal")
    .limit(sql.lit(REPEATABLE)),
);
