import type { Context } from "../../server/context.ts";
import type { Protocol } from "../../server/contract/studies.ts";
import type { Choice, GroupKind, Origin, Purpose, StudyState } from "../../server/contract/words.ts";
import { defaultProtocol } from "../../server/studies/default-protocol.ts";
import { batchesOf } from "../../server/storage/batches.ts";
import type { Tables } from "../../server/storage/tables/index.ts";

/** A study as a test states it. */
export interface GivenStudy {
  readonly name: string;
  readonly systems: readonly (string | { name: string; displayName: string })[];
  readonly groups: readonly { name: string; kind: GroupKind; headline?: boolean }[];
  readonly pairs?: Protocol["pairs"];
  readonly state?: StudyState;
  readonly note?: string;
}

/** A judgment as a test states it: handed out and counted unless it says otherwise. */
export interface GivenJudgment {
  readonly prompt: string;
  readonly left: string;
  readonly right: string;
  readonly group: string;
  readonly annotator: string;
  readonly choice: Choice;
  readonly turn?: number;
  readonly origin?: Origin;
  readonly purpose?: Purpose;
  readonly presentation?: number;
  /** Another judgment had taken the slot. */
  readonly surplus?: boolean;
  readonly revisions?: readonly Choice[];
}

const AT = "2026-01-05T09:00:00.000Z";
const ROWS_PER_INSERT = 400;
/** Tables that others refer to, whatever a test states first. */
const FIRST: readonly (keyof Tables)[] = ["study", "load"];
const ANOTHER = 900_000_000; // an assignment that no test has

/** Writes the rows of one study straight into the tables, with ids of its own, so that a test decides their order. */
export class StudyRows {
  #nextId: number;
  readonly #ids = new Map<string, number>();
  #pending: { table: keyof Tables; row: object }[] = [];

  /** `firstId`: studies in the same database need ranges of ids that do not meet. */
  constructor(
    readonly context: Context,
    readonly given: GivenStudy,
    firstId = 1,
  ) {
    this.#nextId = firstId;
    this.#study();
  }

  get studyId(): number {
    return this.#ids.get("study")!;
  }

  annotatorId(name: string): number {
    return this.#ids.get(`annotator ${name}`)!;
  }

  judge(...judgments: readonly GivenJudgment[]): this {
    for (const judgment of judgments) this.#judgment(judgment);
    return this;
  }

  /** Gives every prompt and system so far a text. */
  withTexts(): this {
    const load = this.#load();
    for (const [key, prompt_id] of [...this.#ids].filter(([key]) => key.startsWith("prompt "))) {
      const text = { turns: "[]", content_hash: key, metadata: "{}", load_id: load };
      this.#add("prompt_text", { prompt_id, study_id: this.studyId, ...text });
      for (const [, system_id] of [...this.#ids].filter(([other]) => other.startsWith("system "))) {
        this.#insert("response", { prompt_id, system_id, turn_count: 9, blank: 0, ...text });
      }
    }
    return this;
  }

  exclude(annotator: string, rule: string): this {
    const annotator_id = this.annotatorId(annotator);
    const when = { excluded_at: AT, lifted_at: null };
    this.#insert("exclusion", { study_id: this.studyId, annotator_id, rule, ...when });
    return this;
  }

  /** Writes everything stated since the last time, a table at a time. */
  async write(): Promise<this> {
    const pending = this.#pending;
    this.#pending = [];
    await this.context.database.transact(async ({ db }) => {
      for (const table of new Set([...FIRST, ...pending.map((one) => one.table)])) {
        const rows = pending.filter((one) => one.table === table).map((one) => one.row);
        for (const batch of batchesOf(rows, ROWS_PER_INSERT)) {
          await db.insertInto(table).values(batch).execute();
        }
      }
    });
    return this;
  }

  #study(): void {
    const { given } = this;
    const study_id = this.#insert("study", {
      ...{ name: given.name, public_title: "Which is better?", state: given.state ?? "open" },
      ...{ note: given.note ?? null, seed: "seed", created_at: AT },
    });
    this.#ids.set("study", study_id);
    const body = JSON.stringify(defaultProtocol(given.pairs ?? "all"));
    this.#insert("protocol", { study_id, revision: 1, body, hash: null, frozen_at: null });
    for (const system of given.systems) {
      const { name, displayName } =
        typeof system === "string" ? { name: system, displayName: system } : system;
      const row = { study_id, name, display_name: displayName, role: "contender", load_id: null };
      this.#ids.set(`system ${name}`, this.#insert("system", row));
    }
    for (const { name, kind, headline } of given.groups) {
      const row = { study_id, name, kind, headline: headline === false ? 0 : 1 };
      this.#ids.set(`group ${name}`, this.#insert("annotator_group", row));
    }
  }

  #judgment(given: GivenJudgment): void {
    const comparison = this.#comparison(given);
    const annotator_id = this.#annotator(given);
    const group_id = this.#ids.get(`group ${given.group}`)!;
    const purpose = given.purpose ?? "main";
    const loaded = (given.origin ?? "handed_out") !== "handed_out";
    const slotted = !loaded && (purpose === "main" || purpose === "shared");
    const id = this.#nextId++;
    const slot_id = slotted
      ? this.#slot(comparison, { group_id, counted: given.surplus ? ANOTHER : id })
      : null;
    const sides = { left_system_id: this.#system(given.left), right_system_id: this.#system(given.right) };
    const work = { slot_id, group_id, annotator_id, purpose, ...sides, side_known: 1, ordinal: id };
    const times = { opened_at: AT, lease_end: AT, ended_at: AT, ended_how: "judged" };
    this.#add("assignment", {
      ...{ id, token: `token ${id}`, ...comparison, ...work, ...times },
      ...{ presentation: given.presentation ?? 0, origin: given.origin ?? "handed_out" },
      load_id: loaded ? this.#load() : null,
    });
    [given.choice, ...(given.revisions ?? [])].forEach((choice, i) => {
      const key = { request_key: `key ${id} ${i}`, received_at: AT };
      this.#insert("judgment", { assignment_id: id, annotator_id, revision: i + 1, choice, ...key });
    });
  }

  #comparison({ prompt, left, right, turn = 1 }: GivenJudgment) {
    const study_id = this.studyId;
    const prompt_id = this.#once(`prompt ${prompt}`, "prompt", {
      study_id,
      external_id: prompt,
      load_id: null,
    });
    const systems = [this.#system(left), this.#system(right)].sort((a, b) => a - b);
    const [low_system_id, high_system_id] = systems;
    const row = { study_id, prompt_id, turn, low_system_id, high_system_id, load_id: null };
    const key = `comparison ${prompt_id} ${turn} ${systems.join(" ")}`;
    return { comparison_id: this.#once(key, "comparison", row), prompt_id };
  }

  #annotator({ annotator, group }: GivenJudgment): number {
    return this.#once(`annotator ${annotator}`, "annotator", {
      ...{ study_id: this.studyId, group_id: this.#ids.get(`group ${group}`)!, provider: "test" },
      ...{ external_id: annotator, display_number: this.#nextId, created_at: AT },
    });
  }

  #slot(
    comparison: { comparison_id: number; prompt_id: number },
    of: { group_id: number; counted: number },
  ): number {
    const row = { ...comparison, group_id: of.group_id, stage: "main", order_key: 0 };
    return this.#insert("slot", { ...row, replicate: this.#nextId, counted_assignment_id: of.counted });
  }

  #load(): number {
    const times = { started_at: AT, heartbeat_at: AT, ended_at: AT };
    const row = { study_id: this.studyId, file_name: "f", content_hash: "h", report: null, ...times };
    return this.#once("load", "load", { ...row, state: "published" });
  }

  #system(name: string): number {
    const id = this.#ids.get(`system ${name}`);
    if (id === undefined) throw new Error(`The test names no system ${name}.`);
    return id;
  }

  #once(key: string, table: keyof Tables, row: object): number {
    const id = this.#ids.get(key) ?? this.#insert(table, row);
    this.#ids.set(key, id);
    return id;
  }

  #insert(table: keyof Tables, row: object): number {
    const id = this.#nextId++;
    this.#add(table, { id, ...row });
    return id;
  }

  #add(table: keyof Tables, row: object): void {
    this.#pending.push({ table, row });
  }
}
