import { hash } from "node:crypto";
import type { AssignmentService } from "../assignments/assignment-service.ts";
import { standBeforeFirst } from "../assignments/standing.ts";
import type { RenderTurns } from "../assignments/view.ts";
import { now } from "../context.ts";
import type { Entry, EntryPage, EntryState, KnownPair, QuestionShown, Texts } from "../contract/entry.ts";
import type { EntryStage } from "../contract/words.ts";
import { finishOf } from "../participants/finish.ts";
import { partOf } from "../participants/part.ts";
import { timeLimitOf } from "../participants/settings.ts";
import type { Transaction } from "../storage/database.ts";
import { consentVersion, selectPassages } from "../studies/entry-stages.ts";
import { keyOf } from "../studies/keys.ts";
import { retentionOf } from "../studies/retention-of.ts";
import { languageAmong } from "../studies/sheet.ts";
import { durationOf } from "./duration.ts";
import { type Comer, comerOf, doneBy, type Place, placeOf } from "./place.ts";
import { pass } from "./pass.ts";
import { textIn } from "./texts.ts";

/** A page whose Markdown has still to be rendered, outside of the transaction that read it. */
type Draft = (render: (text: string) => Promise<string>) => Promise<EntryPage>;

interface Found {
  readonly comer: Comer;
  readonly language: string;
  readonly draft: Draft;
}

/**
 * Where somebody is before their first pair, and what they see there: the same on any device. Who is out is given the way
 * back to their platform; who refused and came from none may read and decide again.
 * @throws LinkNotValid, LinkRevoked
 */
export async function entryStateOf(
  service: AssignmentService,
  { token, language }: { token: string; language: string },
): Promise<EntryState> {
  const { comer, ...found } = await service.context.database.transact(async (tx): Promise<Found> => {
    const comer = await comerOf(service, tx, token);
    const spoken = languageAmong(Object.keys(comer.protocol.wording), language) ?? language;
    const at = now(service.context);
    return { comer, language: spoken, draft: await draftOf(tx, comer, { language: spoken, at }) };
  });
  const render = renderWith(service.services.render);
  const state = { language: found.language, stages: [...comer.stages] };
  const page = await found.draft(render);
  if (page.kind !== "out") return { ...state, page };
  const finish = await finishOf(service, token);
  const { entry } = comer.protocol;
  if (finish !== null || page.end !== "no_consent" || entry === undefined)
    return { ...state, page: { ...page, finish } };
  const again = consentPage(entry, { language: found.language, isNew: false, isRefused: true });
  return { ...state, page: await again(render) };
}

/** Renders one text as Markdown. */
export const renderWith =
  (render: RenderTurns) =>
  async (text: string): Promise<string> =>
    (await render([text]))[0] ?? "";

async function draftOf(
  tx: Transaction,
  comer: Comer,
  given: { language: string; at: string },
): Promise<Draft> {
  const { stand, stages, annotator, protocol, share } = comer;
  const { language } = given;
  const { entry } = comer.protocol;
  if (stand.kind === "passed" || entry === undefined) return async () => ({ kind: "passed" });
  if (stand.kind === "out") return async () => ({ kind: "out", end: stand.end, finish: null });
  switch (stand.stage) {
    case "information":
      return informationPage(tx, comer, language);
    case "consent": {
      const passages = await tx.run(selectPassages, { annotatorId: annotator.id });
      const isNew = passages.some(({ stage, outcome }) => stage === "consent" && outcome === "passed");
      return consentPage(entry, { language, isNew, isRefused: false });
    }
    case "questions":
      return async () => ({ kind: "questions", questions: questionsIn(entry, language) });
    case "practice":
    case "qualification": {
      const place = placeOf(entry, {
        stage: stand.stage,
        stages,
        done: await doneBy(tx, annotator.id),
      });
      if (place.stage === stand.stage && place.stage === "practice" && !pairAt(entry, place, comer).pair) {
        // the owner has shortened the practice of somebody who had gone further
        await pass(tx, {
          annotatorId: annotator.id,
          entry,
          stage: "practice",
          outcome: "passed",
          at: given.at,
        });
        const next = await standBeforeFirst(tx, { annotator, protocol, judged: share.judged });
        return draftOf(tx, { ...comer, stand: next }, given);
      }
      return pairPage(entry, { place, comer });
    }
  }
}

async function informationPage(tx: Transaction, comer: Comer, language: string): Promise<Draft> {
  const { annotator, share, stages } = comer;
  const { information, practice = [], qualification } = comer.protocol.entry ?? {};
  if (information === undefined) throw new Error("A study without information is asked for it.");
  const duration = await durationOf(tx, annotator.studyId);
  const retention = await retentionOf(tx, annotator.studyId);
  const part = await partOf(tx, annotator.id);
  const known = (stage: EntryStage, pairs: number) => (stages.includes(stage) ? pairs : 0);
  const all =
    share.whole +
    known("practice", practice.length) +
    known("qualification", qualification?.pairs.length ?? 0);
  return async (render) => {
    const shown = async (texts: Texts | undefined) =>
      texts === undefined ? null : render(textIn(texts, language));
    return {
      kind: "information",
      text: await render(textIn(information.text, language)),
      contact: await render(textIn(information.contact, language)),
      pay: await shown(information.pay),
      stored: await shown(information.stored),
      warning: await shown(information.warning),
      stop: await shown(information.stop),
      ...{ pairs: share.whole, isAsked: share.isAsked },
      minutes: duration === null ? null : roundedMinutes(all * duration.minutes),
      isMeasured: duration?.isMeasured ?? false,
      retentionDays: retention?.days ?? null,
      limit: part && timeLimitOf(part.settings),
    };
  };
}

/** Up to ten minutes by the minute, then in steps of five: more would feign precision. */
const roundedMinutes = (minutes: number): number =>
  minutes <= 10 ? Math.max(1, Math.round(minutes)) : Math.round(minutes / 5) * 5;

const consentPage =
  (
    { consent }: Entry,
    { language, ...how }: { language: string; isNew: boolean; isRefused: boolean },
  ): Draft =>
  async (render) => {
    if (consent === undefined) throw new Error("A study without consent is asked for it.");
    return {
      ...{ kind: "consent", version: consentVersion(consent), ...how },
      text: await render(textIn(consent.text, language)),
      statements: await Promise.all(consent.statements.map((one) => render(textIn(one, language)))),
    };
  };

const questionsIn = ({ questions = [] }: Entry, language: string): QuestionShown[] =>
  questions.map((one): QuestionShown => {
    const { id, required, mayDecline } = one;
    const asked = { id, required, mayDecline, question: textIn(one.question, language) };
    if (one.kind === "text") return { kind: "text", ...asked };
    if (one.kind === "number") return { kind: "number", ...asked, min: one.min, max: one.max };
    const options = one.options.map(({ value, label }) => ({ value, label: textIn(label, language) }));
    return { kind: one.kind, ...asked, options };
  });

/** The pair at a place, with its answers as the annotator sees them. */
export function pairAt(entry: Entry, place: Place, { annotator }: Pick<Comer, "annotator">) {
  const { stage, attempt, number } = place;
  const pairs: readonly KnownPair[] =
    (stage === "practice" ? entry.practice : entry.qualification?.pairs) ?? [];
  const pair = pairs[number - 1];
  // explanations name the sides; where there is none, nobody can pass on to others which side is right
  const isSwapped =
    stage === "qualification" && keyOf(annotator.seed, "entry", annotator.id, attempt, number) % 2 === 1;
  return { pair, of: pairs.length, isSwapped };
}

const pairPage = (entry: Entry, given: { place: Place; comer: Comer }): Draft => {
  const { place, comer } = given;
  const { pair, of, isSwapped } = pairAt(entry, place, comer);
  return async (render) => {
    if (pair === undefined) return { kind: "passed" }; // the owner has shortened the list
    const [prompt, left, right] = await Promise.all([pair.prompt, pair.left, pair.right].map(render));
    const key = JSON.stringify([comer.annotator.id, place, pair]);
    const view = {
      assignment: hash("sha256", key, "base64url").slice(0, 22),
      prompt: [prompt ?? ""],
      left: [(isSwapped ? right : left) ?? ""],
      right: [(isSwapped ? left : right) ?? ""],
    };
    const { attempt, number, stage } = place;
    const { pass = 1, tries = 1 } = entry.qualification ?? {};
    const shown = { number, of, attempt, tries, view };
    return stage === "practice" ? { kind: stage, ...shown } : { kind: stage, ...shown, pass };
  };
};
