import { type Context, now } from "../context.ts";
import type { AuditBody } from "../contract/blinding.ts";
import type { FindingKind } from "../contract/findings.ts";
import { batchesOf, INSERT_ROWS } from "../storage/batches.ts";
import type { Reader } from "../storage/database.ts";
import { keyOf } from "../studies/keys.ts";
import { currentProtocol, requireStudy } from "../studies/store.ts";
import { Findings } from "./findings.ts";
import { type AuditedResponse, pagesOf } from "./pages.ts";
import { namelessText, namesBySystem, signsIn } from "./signs/signs.ts";
import { habitsOf, type Telltale, telltales } from "./style/habits.ts";
import { StyleSample } from "./style/sample.ts";
import { Life, requireNone } from "./running.ts";
import { textsKey } from "./texts-key.ts";

/** Called often, with the prompts that have been gone through, and how many there are to go through; by throwing it ends the audit. */
type OnAudited = (done: number, of: number) => void;

interface Audited {
  readonly studyId: number;
  readonly seed: string;
  /** What the texts were in that moment: see textsKey. */
  readonly texts: string;
  readonly systems: readonly { name: string; displayName: string }[];
  readonly pairs: readonly (readonly [string, string])[];
  readonly prompts: readonly number[];
  /** Prompts by which style is judged: those whose keys come first, so that neither their order nor their number matters. */
  readonly sample: readonly number[];
  readonly names: ReturnType<typeof namesBySystem>;
}

/** Responses, and prompts, by which style is judged. */
const SAMPLE = { responses: 20_000, prompts: 1000 };
/** Pairs of systems that are told apart; further ones would take minutes. */
const PAIRS_MAX = 45;

/**
 * Looks through all published texts of a study for what gives its systems away or harms its responses, and measures how well
 * style alone tells the systems apart. It reads a few prompts at a time, so memory does not grow with the study, and keeps
 * the outcome in place of the audit before.
 * @throws StudyNotFound, AuditRunning
 */
export async function runAudit(context: Context, name: string, onAudited?: OnAudited): Promise<void> {
  const audited = await context.database.read((reader) => whatToAudit(reader, name));
  const auditId = await begin(context, name, audited);
  try {
    await auditTexts(context, { audited, auditId, onAudited });
  } catch (error) {
    await dropAudits(context, { id: auditId }).catch(() => undefined); // the next audit clears it away; the first error is the one to tell
    throw error;
  }
}

interface Audit {
  readonly audited: Audited;
  readonly auditId: number;
  readonly onAudited: OnAudited | undefined;
}

async function auditTexts(context: Context, { audited, auditId, onAudited }: Audit): Promise<void> {
  const { studyId, prompts, sample } = audited;
  const of = prompts.length + sample.length;
  let done = 0;
  const step = (more: number) => onAudited?.((done += more), of);
  const isKnown = ({ system }: AuditedResponse) => audited.names.has(system); // not of a load that came meanwhile
  const life = new Life(context, auditId);
  const style = new StyleSample();
  for await (const page of pagesOf(context, sample)) {
    for (const one of page.responses.filter(isKnown))
      style.add({ ...one, text: namelessText(one.shown, audited.names.get(one.system)!) });
    step(page.prompts);
    await life.sign();
  }
  const habits = new Map(telltales(style.habits).map((one) => [one.system, one]));
  const findings = new Findings();
  for await (const page of pagesOf(context, prompts)) {
    const responses = page.responses.filter(isKnown);
    const found = responses.flatMap((one) => {
      findings.see(one.system);
      return examine(one, { page: responses, audited, habits, findings });
    });
    await writeFound(context, auditId, found);
    step(page.prompts);
    await life.sign();
  }
  const labels = new Map(audited.systems.map((one) => [one.name, one.displayName]));
  const toldApart = (await style.toldApart(audited.pairs, audited.seed, () => (step(0), life.sign()))).map(
    ({ system, against, ...told }) => ({
      system: labels.get(system)!,
      against: labels.get(against)!,
      ...told,
    }),
  );
  const body: AuditBody = {
    ...{
      madeAt: now(context),
      prompts: prompts.length,
      responses: findings.responses,
      sampled: sample.length,
    },
    findings: findings.list(audited.systems),
    systems: audited.systems.map(({ name: system, displayName: label }) => ({
      ...{ label, responses: findings.responsesOf(system), medianCharacters: style.medianLength(system) },
    })),
    toldApart,
  };
  await finish(context, { studyId, auditId, body });
}

async function whatToAudit(reader: Reader, name: string): Promise<Audited> {
  const { id: studyId, seed } = await requireStudy(reader, name);
  const { protocol } = await currentProtocol(reader, studyId);
  const rows = await reader.db
    .selectFrom("system as s")
    .select(["s.name", "s.display_name as displayName"])
    .where("s.study_id", "=", studyId)
    .where((e) => e.exists(e.selectFrom("response as r").select("r.id").whereRef("r.system_id", "=", "s.id")))
    .orderBy("s.id")
    .execute();
  const most = Math.min(SAMPLE.prompts, Math.floor(SAMPLE.responses / Math.max(1, rows.length)));
  return {
    ...{ studyId, seed, texts: await textsKey(reader, studyId), systems: rows, names: namesBySystem(rows) },
    pairs: pairsOf(
      protocol.pairs,
      rows.map((row) => row.name),
    ).slice(0, PAIRS_MAX),
    ...(await promptsToAudit(reader, { studyId, seed, most })),
  };
}

const PROMPTS_READ = 10_000;

/** The ids of all prompts, and of those `most` whose keys come first. */
async function promptsToAudit(
  { db }: Reader,
  { studyId, seed, most }: { studyId: number; seed: string; most: number },
): Promise<Pick<Audited, "prompts" | "sample">> {
  const prompts: number[] = [];
  let first: { id: number; key: number }[] = [];
  for (;;) {
    const page = await db
      .selectFrom("prompt")
      .select(["id", "external_id as name"])
      .where("study_id", "=", studyId)
      .where("id", ">", prompts.at(-1) ?? 0)
      .orderBy("id")
      .limit(PROMPTS_READ)
      .execute();
    for (const { id } of page) prompts.push(id);
    first.push(...page.map(({ id, name }) => ({ id, key: keyOf(seed, "style", name) })));
    first = first.sort((a, b) => a.key - b.key).slice(0, most);
    if (page.length < PROMPTS_READ) return { prompts, sample: first.map(({ id }) => id) };
  }
}

type Pairs = "all" | { readonly target: string; readonly baselines: readonly string[] };

function pairsOf(pairs: Pairs, systems: readonly string[]): [string, string][] {
  if (pairs === "all")
    return systems.flatMap((a, i) => systems.slice(i + 1).map((b): [string, string] => [a, b]));
  return pairs.baselines
    .filter((one) => systems.includes(one) && systems.includes(pairs.target))
    .map((baseline) => [pairs.target, baseline]);
}

interface FoundRow {
  readonly kind: FindingKind;
  readonly response_id: number;
}

/** Everything that is found in one response: by itself, by what only its system does, and compared with the others of its prompt. */
function examine(
  one: AuditedResponse,
  given: {
    page: readonly AuditedResponse[];
    audited: Audited;
    habits: ReadonlyMap<string, Telltale>;
    findings: Findings;
  },
): FoundRow[] {
  const { page, audited, habits, findings } = given;
  const names = audited.names.get(one.system)!;
  const text = one.turns.join("\n\n");
  const signs = signsIn({ ...one, prompt: one.promptTurns.join("\n\n") }, names);
  const telltale = habits.get(one.system);
  if (telltale && telltale.openings.size + telltale.formats.size > 0) {
    const { opening, formats } = habitsOf(namelessText(one.shown, names));
    if (telltale.openings.has(opening)) signs.push({ kind: "opening", what: opening });
    const own = formats.filter((format) => telltale.formats.has(format));
    if (own.length > 0) signs.push({ kind: "format", what: own.join(", ") });
  }
  const same = page.filter(
    ({ promptId, id, hash }) => promptId === one.promptId && hash === one.hash && id !== one.id,
  );
  if (same.length > 0)
    signs.push({ kind: "identical", what: `as ${same.map(({ system }) => system).join(", ")}` });
  for (const sign of signs) findings.add({ ...sign, system: one.system, prompt: one.prompt, text });
  return signs.map(({ kind }) => ({ kind, response_id: one.id }));
}

/** A new audit without an outcome; what an interrupted one left goes. @throws AuditRunning */
async function begin(context: Context, name: string, { studyId, texts }: Audited): Promise<number> {
  await context.database.transact((tx) => requireNone(context, tx, { studyId, name }));
  await dropAudits(context, { unfinishedOf: studyId });
  return context.database.transact(async (tx) => {
    await requireNone(context, tx, { studyId, name });
    const { db } = tx;
    const at = now(context);
    const row = { study_id: studyId, started_at: at, alive_at: at, texts, body: null };
    const { id } = await db
      .insertInto("blinding_audit")
      .values(row)
      .returning("id")
      .executeTakeFirstOrThrow();
    return id;
  });
}

async function writeFound(context: Context, auditId: number, found: readonly FoundRow[]): Promise<void> {
  for (const batch of batchesOf(found, INSERT_ROWS))
    await context.database.transact(async ({ db }) => {
      const there = await db
        .selectFrom("response")
        .select("id")
        .where(
          "id",
          "in",
          batch.map((one) => one.response_id),
        )
        .execute();
      const ids = new Set(there.map(({ id }) => id)); // an unloading may have taken some meanwhile
      const rows = batch.filter((one) => ids.has(one.response_id));
      if (rows.length === 0) return;
      await db
        .insertInto("found_sign")
        .values(rows.map((row) => ({ ...row, audit_id: auditId })))
        .execute();
    });
}

async function finish(
  context: Context,
  { studyId, auditId, body }: { studyId: number; auditId: number; body: AuditBody },
): Promise<void> {
  await context.database.transact(({ db }) =>
    db
      .updateTable("blinding_audit")
      .set({ body: JSON.stringify(body) })
      .where("id", "=", auditId)
      .execute(),
  );
  await dropAudits(context, { of: studyId, before: auditId });
}

const ROWS_PER_STEP = 5000;

/** Deletes audits with what they found, in short transactions. */
async function dropAudits(
  context: Context,
  which: { of: number; before: number } | { unfinishedOf: number } | { id: number },
): Promise<void> {
  const old = await context.database.read(({ db }) => {
    const all = db.selectFrom("blinding_audit").select("id");
    if ("id" in which) return all.where("id", "=", which.id).execute();
    if ("unfinishedOf" in which)
      return all.where("study_id", "=", which.unfinishedOf).where("body", "is", null).execute();
    return all.where("study_id", "=", which.of).where("id", "<", which.before).execute();
  });
  for (const { id } of old) {
    for (let rows = ROWS_PER_STEP; rows === ROWS_PER_STEP;)
      rows = await context.database.transact(async ({ db }) => {
        const some = db
          .selectFrom("found_sign")
          .select(["kind", "response_id"])
          .where("audit_id", "=", id)
          .limit(ROWS_PER_STEP);
        const found = await some.execute();
        for (const kind of new Set(found.map((one) => one.kind)))
          await db
            .deleteFrom("found_sign")
            .where("audit_id", "=", id)
            .where("kind", "=", kind)
            .where(
              "response_id",
              "in",
              found.filter((one) => one.kind === kind).map((one) => one.response_id),
            )
            .execute();
        return found.length;
      });
    await context.database.transact(({ db }) =>
      db.deleteFrom("blinding_audit").where("id", "=", id).execute(),
    );
  }
}
