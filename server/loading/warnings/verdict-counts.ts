import type { GroupVerdicts, Verdicts } from "../../contract/loading.ts";
import { type Choice, type GroupKind, sideChosen } from "../../contract/words.ts";
import { someOf } from "../remarks.ts";
import { type JudgmentRecord, UNNAMED } from "../reading/records.ts";
import { DEFAULT_GROUP } from "../storing/annotators.ts";

const SYSTEMS_LISTED = 10;
const NAMES_LISTED = 10;
const GROUPS_LISTED = 10;

/** What a group chose, and who is in it. */
interface OfGroup {
  readonly annotators: Set<string>;
  readonly chosen: Record<Choice, number>;
}

/** Counts what the judgments of a file chose, so that a mapping gone wrong is seen, and what was taken for granted of them. */
export class VerdictCounts {
  readonly #won = new Map<string, number>();
  readonly #models = new Map<string, string>();
  #rounded = 0;
  #unnamed = 0;
  readonly #counts = { left: 0, right: 0, tie: 0, both_bad: 0, sidesUnknown: 0, inconsistent: 0 };
  #all = 0;
  readonly #groups = new Map<string, OfGroup>();

  see(record: JudgmentRecord): void {
    const { choice, leftSystem, rightSystem, sideKnown } = record;
    this.#all++;
    this.#counts[choice]++;
    if (!sideKnown) this.#counts.sidesUnknown++;
    if (record.inconsistent) this.#counts.inconsistent++;
    if (record.rounded) this.#rounded++;
    this.#seeGroup(record);
    const side = sideChosen(choice);
    if (side !== null) {
      const winner = side === "left" ? leftSystem : rightSystem;
      this.#won.set(winner, (this.#won.get(winner) ?? 0) + 1);
    }
    if (record.annotator === UNNAMED) this.#unnamed++;
    else if (record.takenForModel && record.group && this.#models.size < NAMES_LISTED)
      this.#models.set(record.annotator, record.group.name);
  }

  #seeGroup({ group, annotator, choice }: JudgmentRecord): void {
    const name = group?.name ?? DEFAULT_GROUP.name;
    const there = this.#groups.get(name);
    const of = there ?? { annotators: new Set(), chosen: { left: 0, right: 0, tie: 0, both_bad: 0 } };
    if (!there) this.#groups.set(name, of);
    if (annotator !== UNNAMED) of.annotators.add(annotator);
    of.chosen[choice]++;
  }

  /** Who judged. @param kinds of the groups, as they are stored */
  byGroup(kinds: ReadonlyMap<string, GroupKind>): GroupVerdicts[] {
    return [...this.#groups].slice(0, GROUPS_LISTED).map(([group, { annotators, chosen }]) => ({
      group,
      kind: kinds.get(group) ?? DEFAULT_GROUP.kind,
      annotators: annotators.size,
      judgments: Object.values(chosen).reduce((sum, n) => sum + n, 0),
      ...chosen,
    }));
  }

  /** Null where the file holds no judgment. */
  toJson(): Verdicts | null {
    if (this.#all === 0) return null;
    const won = [...this.#won].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
    const listed = won.slice(0, SYSTEMS_LISTED).map(([system, judgments]) => ({ system, judgments }));
    const others = won.slice(SYSTEMS_LISTED).reduce((sum, [, judgments]) => sum + judgments, 0);
    return { ...this.#counts, won: listed, others };
  }

  /** What the file did not say in so many words. */
  remarks(): { name: string; message: string }[] {
    const groups = new Map<string, string[]>();
    for (const [annotator, group] of this.#models)
      groups.set(group, [...(groups.get(group) ?? []), annotator]);
    const models = [...groups].map(([group, names]) => ({
      name: "TakenForModel",
      message: takenFor(names, group),
    }));
    return [...models, ...this.#withoutName(), ...this.#roundedPreferences()];
  }

  #withoutName(): { name: string; message: string }[] {
    const count = this.#unnamed;
    if (count === 0) return [];
    const of = count === this.#all ? "" : ` of the ${this.#all.toLocaleString("en")}`;
    const votes = count === 1 ? "1 judgment" : `${count.toLocaleString("en")}${of} judgments`;
    const message = `Nobody is named as the annotator of ${votes}, so ${count === 1 ? "it counts as a vote" : "they count as votes"} without a name. If one annotator judged everything, use --annotator NAME; if a column names the annotators, map it (FILE:annotator=THEIRS).`;
    return [{ name: "AnnotatorsNotNamed", message }];
  }

  #roundedPreferences(): { name: string; message: string }[] {
    if (this.#rounded === 0) return [];
    const which =
      this.#rounded === 1
        ? "1 preference is a probability"
        : `${this.#rounded.toLocaleString("en")} preferences are probabilities`;
    const message = `${which}: above 1.5 the choice is output_2, below it output_1. The numbers are kept as metadata (preference); a win rate that is the mean of preference − 1, as AlpacaEval's, differs from the one that these choices give.`;
    return [{ name: "PreferencesRounded", message }];
  }
}

function takenFor(names: readonly string[], group: string): string {
  const listed = someOf(names.map((name) => `“${name}”`));
  const [look, theirs] = names.length === 1 ? ["looks like a model", "its"] : ["look like models", "their"];
  return `${listed} ${look}, so ${theirs} judgments are in the group ${group} of the kind model, not among people. If a person judged, load the file with --group NAME:crowd.`;
}
