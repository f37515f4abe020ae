import { isHeadline } from "../../report-document/headline.ts";
import type { Report } from "../../contract/report.ts";
import {
  type Analysis,
  optionsOf,
  type Protocol,
  protocolSchema,
  type Wording,
} from "../../contract/studies.ts";
import type { GroupKind } from "../../contract/words.ts";
import { type LookTaken, readLooks } from "./read-looks.ts";
import type { Reader } from "../../storage/database.ts";
import { defaultProtocol } from "../../studies/default-protocol.ts";
import { DEFAULT_WORDING } from "../../studies/default-wordings.ts";
import { GroupNotFound } from "../../studies/errors.ts";
import { latestRevision, requireStudy, type StudyRow } from "../../studies/store.ts";
import { Codes, compareCodeUnits } from "./dense-ids.ts";

/** A system under its code, which is its place in `StudyFacts.systems`. */
export interface SystemFact {
  readonly id: number;
  readonly name: string;
  /** What a reader sees: the display name, with the name behind it where two systems share one. */
  readonly label: string;
  /** False while only a load that is not published knows of it. */
  readonly published: boolean;
}

/** A group under its code, which is its place in `StudyFacts.groups`: the order in which a reader meets them. */
interface GroupFact {
  readonly name: string;
  readonly kind: GroupKind;
  readonly headline: boolean;
  readonly published: boolean;
}

/** @internal */
export type PairsWanted = Protocol["pairs"];

/** What a report needs to know of a study besides its judgments. */
export interface StudyFacts {
  readonly study: StudyRow;
  readonly systems: readonly SystemFact[];
  readonly groups: readonly GroupFact[];
  readonly pairs: PairsWanted;
  /** What the latest protocol declares; `hash` is null until the study was opened. */
  readonly declared: {
    readonly analysis: Analysis;
    readonly hash: string | null;
    /** Present where annotators see how their own judgments stand, and may stop because of it. */
    readonly isSeen?: true;
    /** Looks that were taken, where any were declared. */
    readonly looks?: readonly LookTaken[];
  };
  readonly about: Report["about"];
  readonly systemCodes: Codes;
  readonly groupCodes: Codes;
}

/** @throws GroupNotFound, naming those that exist, where a group is named and the study has none of that name */
export function requireGroup({ groups }: StudyFacts, name: string | undefined): void {
  if (name === undefined || groups.some((group) => group.name === name)) return;
  throw new GroupNotFound(
    name,
    groups.map((group) => group.name),
  );
}

/** The target's code; null where the study has none. */
export function targetOf({ pairs, systems }: Pick<StudyFacts, "pairs" | "systems">): number | null {
  const code = pairs === "all" ? -1 : systems.findIndex(({ name }) => name === pairs.target);
  return code < 0 ? null : code;
}

/** Whether a group, by its code, is of people and in the headline: those whom figures of all people take in. */
export function peopleGroups({ groups }: Pick<StudyFacts, "groups">): (group: number) => boolean {
  const taken = Uint8Array.from(groups, (group) => Number(isHeadline(group)));
  return (group) => taken[group] === 1;
}

/** Reads the systems, groups and pairs of a study. @throws StudyNotFound */
export async function readFacts(reader: Reader, name: string): Promise<StudyFacts> {
  const study = await requireStudy(reader, name);
  const systems = await systemsOf(reader, study.id);
  const groups = (await groupsOf(reader, study.id)).map((group) => ({ ...group, key: groupKey(group) }));
  const order = [...groups].sort((a, b) => compareCodeUnits(a.key, b.key));
  return {
    study,
    systems: systems.map((system, i) => ({
      id: system.id,
      name: system.name,
      label: labelOf(systems, i),
      published: isPublished(system),
    })),
    groups: order.map((group) => ({
      name: group.name,
      kind: group.kind,
      headline: group.headline === 1,
      published: isPublished(group),
    })),
    ...(await protocolOf(reader, study.id)),
    systemCodes: new Codes(systems.map(({ id, name }) => ({ id, key: name }))),
    groupCodes: new Codes(groups),
  };
}

function isPublished(row: { load_id: number | null; loadState: string | null }): boolean {
  return row.load_id === null || row.loadState === "published";
}

async function systemsOf({ db }: Reader, studyId: number) {
  const rows = await db
    .selectFrom("system as s")
    .leftJoin("load as l", "l.id", "s.load_id")
    .select(["s.id", "s.name", "s.display_name", "s.load_id", "l.state as loadState"])
    .where("s.study_id", "=", studyId)
    .execute();
  return rows.sort((a, b) => compareCodeUnits(a.name, b.name));
}

function labelOf(systems: readonly { name: string; display_name: string }[], at: number): string {
  const { name, display_name } = systems[at]!;
  const shared = systems.some((other, i) => i !== at && other.display_name === display_name);
  return shared ? `${display_name} (${name})` : display_name;
}

async function groupsOf({ db }: Reader, studyId: number) {
  return db
    .selectFrom("annotator_group as g")
    .leftJoin("load as l", "l.id", "g.load_id")
    .select(["g.id", "g.name", "g.kind", "g.headline", "g.load_id", "l.state as loadState"])
    .where("g.study_id", "=", studyId)
    .execute();
}

/** People of the headline first, then people outside it, then models; within each by kind and name. */
function groupKey(group: { name: string; kind: GroupKind; headline: number }): string {
  const place = group.kind === "model" ? 2 : group.headline === 1 ? 0 : 1;
  return `${place} ${group.kind} ${group.name}`;
}

const ofInterest = protocolSchema.pick({
  ...{ pairs: true, analysis: true, groups: true, wording: true, recruitment: true },
});

/** What the latest protocol says of the report; every pair, and nothing declared, where there is none yet. */
async function protocolOf(
  reader: Reader,
  studyId: number,
): Promise<Pick<StudyFacts, "pairs" | "declared" | "about">> {
  const latest = await latestRevision(reader, studyId);
  const protocol: Pick<Protocol, keyof typeof ofInterest.shape> = latest
    ? ofInterest.loose().parse(JSON.parse(latest.body))
    : defaultProtocol("all");
  const { pairs, analysis, groups, wording, recruitment } = protocol;
  const first: Wording = Object.values(wording)[0] ?? DEFAULT_WORDING;
  const { question, guidelines } = first;
  return {
    pairs,
    declared: {
      ...{ analysis, hash: latest?.hash ?? null },
      ...(groups.some(({ runningFigure }) => runningFigure) && { isSeen: true as const }),
      ...(analysis.looks === undefined ? {} : { looks: await readLooks(reader, studyId) }),
    },
    about: {
      question,
      options: optionsOf(first).map(([, words]) => words),
      ...(first.both_bad === undefined ? {} : { bothBad: true }),
      guidelines,
      recruitment,
    },
  };
}
