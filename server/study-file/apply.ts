import { isDeepStrictEqual } from "node:util";
import type { Context } from "../context.ts";
import type { Amendment } from "../contract/amendments.ts";
import type { LoadReport } from "../contract/loading.ts";
import type { PromptsWanted } from "../contract/prompt-sets.ts";
import { protocolAfter } from "../contract/protocol-change.ts";
import type { ProtocolPatch, StudyCreate, StudyDetail } from "../contract/studies.ts";
import type { StudyFile } from "../contract/study-file.ts";
import { loadPrompts } from "../curation/load-prompts.ts";
import type { FileToLoad } from "../loading/file-to-load.ts";
import { findFiles } from "../loading/find-files.ts";
import { loadFiles } from "../loading/load-files.ts";
import { changeText } from "../report-document/amendment-words.ts";
import { amendStudy, planAmendment } from "../studies/amendments/amend-study.ts";
import { changesBetween } from "../studies/amendments/changes.ts";
import { studyDetail } from "../studies/detail.ts";
import { AmendmentRefused, ReasonMissing } from "../studies/errors.ts";
import { renameStudy, setDisplayName } from "../studies/naming.ts";
import { findStudy } from "../studies/store.ts";
import { changeProtocol, changeState, createStudy } from "../studies/study.ts";

/** A file to apply, and how. */
export interface ApplyRequest {
  readonly file: StudyFile;
  /** Its `files`, found. */
  readonly files: readonly FileToLoad[];
  /** Only say what would change. */
  readonly dryRun: boolean;
  /** Why an opened study is amended; undefined: nobody has said, so it is not. */
  readonly reason?: string | undefined;
}

type Found = Awaited<ReturnType<typeof findFiles>>;

/** What was changed, or with `dryRun` would be, in the order in which it is; none: nothing. */
interface Applied {
  readonly changes: readonly string[];
  /** What became of the files; null where there are none, or no study yet to try them on. */
  readonly report: LoadReport | null;
}

/** Prompts of a version of a set. */
type FromSet = PromptsWanted & { readonly set: string };

type Loading = Pick<ApplyRequest, "dryRun" | "reason">;

/** A place where studies are, and what applying a file needs of it. */
export interface StudyPlace {
  /** Null: there is no such study. */
  readonly detail: (study: string) => Promise<StudyDetail | null>;
  readonly create: (study: StudyCreate & { protocol?: ProtocolPatch }) => Promise<unknown>;
  readonly rename: (study: string, publicTitle: string) => Promise<unknown>;
  readonly changeProtocol: (study: string, protocol: ProtocolPatch) => Promise<unknown>;
  /** Refuses what `amend` would, and changes nothing. */
  readonly planAmendment: (study: string, amendment: Amendment) => Promise<unknown>;
  readonly amend: (study: string, amendment: Amendment, reason: string) => Promise<unknown>;
  readonly loadPrompts: (study: string, prompts: FromSet, how: Loading) => Promise<LoadReport>;
  readonly load: (study: string, files: Found, how: Loading) => Promise<LoadReport>;
  readonly setDisplayName: (study: string, system: string, displayName: string) => Promise<unknown>;
  readonly open: (study: string) => Promise<unknown>;
}

/** The studies of a database. @param by who applies */
export const studiesOf = (context: Context, by: string): StudyPlace => ({
  detail: async (study) =>
    (await context.database.read((reader) => findStudy(reader, study))) ? studyDetail(context, study) : null,
  create: (study) => createStudy(context, study),
  rename: (study, publicTitle) => renameStudy(context, { study, publicTitle, by }),
  changeProtocol: (study, protocol) => changeProtocol(context, study, protocol),
  planAmendment: (study, amendment) => planAmendment(context, { study, amendment }),
  amend: (study, amendment, reason) => amendStudy(context, { study, amendment, reason, by }),
  loadPrompts: async (study, prompts, how) =>
    (await loadPrompts(context, { ...prompts, ...how, study, by })).report,
  load: (study, found, how) =>
    loadFiles(context, { study, ...found, ...how, skipBad: false, yes: false, by }),
  setDisplayName: (study, system, displayName) => setDisplayName(context, { study, system, displayName, by }),
  open: (study) => changeState(context, { study, to: "open", by }),
});

/**
 * Makes a study what its file says, step by step; what the file leaves out stays as it is. Applied again, it changes nothing. Where files
 * are refused, none of them is loaded, and what would come after is not done.
 * What it changes in the protocol of an opened study is an amendment, made once the files are loaded.
 * @throws ReasonMissing and AmendmentRefused, before anything is done, and what loading and opening throw
 */
export async function applyStudyFile(place: StudyPlace, request: ApplyRequest): Promise<Applied> {
  const { file, files, dryRun } = request;
  const changes: string[] = [];
  const step: Step = async (what, act) => {
    changes.push(what);
    if (!dryRun) await act();
  };
  const before = await place.detail(file.study);
  const amendment = before && amendmentIn(before, file);
  if (amendment) await requireAmendable(place, before, { amendment, request });
  if (!before)
    await step(`create the study ${file.study}`, () =>
      place.create({ name: file.study, publicTitle: file.title, protocol: file.protocol }),
    );
  else await change(place, { before, file, step });
  const isThere = before !== null || !dryRun;
  const taken = await takePrompts(place, request, { isThere, changes });
  if (taken?.done === false) return { changes, report: taken };
  const report = await load(place, request, isThere);
  for (const one of report?.files ?? []) if (/publish/.test(one.outcome)) changes.push(`load ${one.file}`);
  if (report === null) for (const { options } of files) changes.push(`load ${options.fileName}`);
  if (report?.done === false) return { changes, report };
  if (report?.amendment)
    changes.push(`amend the study: ${report.amendment.changes.map(changeText).join("; ")}`);
  if (before && amendment)
    await step(amendedText(before, amendment), () =>
      place.amend(file.study, amendment, request.reason ?? ""),
    );
  const names = before || !dryRun ? ((await place.detail(file.study))?.systemList ?? []) : [];
  for (const [system, displayName] of Object.entries(file.systems ?? {})) {
    const now = names.find(({ name }) => name === system)?.displayName ?? system;
    if (now !== displayName)
      await step(`call ${system} “${displayName}” in reports`, () =>
        place.setDisplayName(file.study, system, displayName),
      );
  }
  if (file.state === "open" && (before?.state ?? "draft") === "draft")
    await step("open the study", () => place.open(file.study));
  return { changes, report };
}

type Step = (what: string, act: () => Promise<unknown>) => Promise<void>;

/** Title and protocol of a study that is there: both, or none where the protocol is frozen. */
async function change(
  place: StudyPlace,
  given: { before: StudyDetail; file: StudyFile; step: Step },
): Promise<void> {
  const { before, file, step } = given;
  const { title } = file;
  if (title !== undefined && title !== before.publicTitle)
    await step(`change the title from “${before.publicTitle}” to “${title}”`, () =>
      place.rename(file.study, title),
    );
  const patch = otherMembers(before, file);
  if (patch === null || before.protocolHash !== null) return;
  await step(`change the protocol: ${Object.keys(patch).join(", ")}`, () =>
    place.changeProtocol(file.study, patch),
  );
}

/** The members of the protocol that the file has otherwise; null: there are none. */
function otherMembers({ protocol }: StudyDetail, file: StudyFile): ProtocolPatch | null {
  const members = Object.entries(file.protocol ?? {}).filter(
    ([key, value]) => !isDeepStrictEqual(plain(value), plain(protocol[key as keyof ProtocolPatch])),
  );
  return members.length === 0 ? null : Object.fromEntries(members);
}

/** What a file amends in a study that was opened; null: nothing. */
function amendmentIn(before: StudyDetail, file: StudyFile): Amendment | null {
  const protocol = before.protocolHash === null ? null : otherMembers(before, file);
  return protocol && { protocol };
}

const changesIn = ({ protocol }: StudyDetail, amendment: Amendment) =>
  changesBetween(protocol, protocolAfter(protocol, amendment.protocol ?? {}));

async function requireAmendable(
  place: StudyPlace,
  before: StudyDetail,
  { amendment, request }: { amendment: Amendment; request: ApplyRequest },
): Promise<void> {
  const { refused } = changesIn(before, amendment);
  const closed =
    before.state === "closed" ? ["It is closed. Open it again first: `tiebreak study reopen`."] : [];
  if (refused.length + closed.length > 0) throw new AmendmentRefused(before.name, [...closed, ...refused]);
  if (!request.dryRun && !request.reason?.trim()) throw new ReasonMissing();
  const protocol = { ...amendment.protocol };
  delete protocol.pairs; // new baselines may come with the files
  if (changesIn(before, { protocol }).changes.length > 0)
    await place.planAmendment(before.name, { protocol });
}

const amendedText = (before: StudyDetail, amendment: Amendment): string =>
  `amend the study: ${changesIn(before, amendment).changes.map(changeText).join("; ")}`;

/** As it is stored: what is undefined is not there. */
const plain = (value: unknown): unknown =>
  value === undefined ? undefined : JSON.parse(JSON.stringify(value));

/** Takes prompts of a set, before the files that answer them. @returns the load's report; null where none are wanted, or there is no study yet */
async function takePrompts(
  place: StudyPlace,
  { file, dryRun, reason }: ApplyRequest,
  { isThere, changes }: { isThere: boolean; changes: string[] },
): Promise<LoadReport | null> {
  if (file.prompts === undefined) return null;
  const { set: named, split } =
    typeof file.prompts === "string" ? { set: file.prompts, split: undefined } : file.prompts;
  const [set = "", version] = named.split("@");
  const what = `take the prompts of ${named}${split === undefined ? "" : `, ${split}`}`;
  if (!isThere) return (changes.push(what), null);
  const wanted = { set, version: Number(version), ...(split !== undefined && { split }) };
  const report = await place.loadPrompts(file.study, wanted, { dryRun, reason });
  if (report.files.some(({ outcome }) => /publish/.test(outcome))) changes.push(what);
  return report;
}

async function load(
  place: StudyPlace,
  { file, files, dryRun, reason }: ApplyRequest,
  isThere: boolean,
): Promise<LoadReport | null> {
  const found = await findFiles(files);
  if (files.length === 0 || !isThere) return null;
  return place.load(file.study, found, { dryRun, reason });
}
