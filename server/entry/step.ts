import type { AssignmentService } from "../assignments/assignment-service.ts";
import { letGo } from "../assignments/places.ts";
import { type Context, now } from "../context.ts";
import type { EntryReply, EntryStep } from "../contract/entry.ts";
import type { EntryStage } from "../contract/words.ts";
import { finishOf } from "../participants/finish.ts";
import type { Transaction } from "../storage/database.ts";
import { consentVersion } from "../studies/entry-stages.ts";
import { keepAnswers } from "./answers.ts";
import { type Explained, judgeKnown, rightIn } from "./judge-known.ts";
import { entryStateOf, renderWith } from "./page.ts";
import { pass } from "./pass.ts";
import { type Comer, comerOf } from "./place.ts";
import { textIn } from "./texts.ts";

/**
 * Takes one step before the first pair, and answers with what comes next. A step of another stage than the one that somebody
 * is at, or of another version of the consent, changes nothing, so that it may be sent again.
 * @throws LinkNotValid, LinkRevoked, AnswerWrong
 */
export async function takeStep(
  service: AssignmentService,
  { token, language, step }: { token: string; language: string; step: EntryStep },
): Promise<EntryReply> {
  const isReturn = step.stage === "consent" && step.agrees && (await finishOf(service, token)) === null;
  const { explained, test } = await service.context.database.transact(async (tx) => {
    const comer = await comerOf(service, tx, token);
    const explained = await stepIn(service.context, tx, { comer, step, language, isReturn });
    return { explained, test: await testAt(tx, comer, step) };
  });
  const entryState = await entryStateOf(service, { token, language });
  const state = { ...entryState, passed: entryState.page.kind === "passed" ? test : null };
  if (explained === null) return { ...state, explained };
  const { expected, isExpected, explanation } = explained;
  const html = await renderWith(service.services.render)(textIn(explanation, state.language));
  return { ...state, explained: { expected: [...expected], isExpected, explanation: html } };
}

/** How many pairs of a try of the test were judged as expected; null: the step is of no test. */
async function testAt(tx: Transaction, { annotator, protocol }: Comer, step: EntryStep) {
  const { pairs } = protocol.entry?.qualification ?? {};
  if (step.stage !== "qualification" || pairs === undefined) return null;
  return { right: await rightIn(tx, annotator.id, step.attempt), of: pairs.length };
}

async function stepIn(
  context: Context,
  tx: Transaction,
  given: {
    comer: Comer;
    step: EntryStep;
    language: string;
    /** Whether somebody who refused may still agree. */
    isReturn: boolean;
  },
): Promise<Explained | null> {
  const { comer, step, language, isReturn } = given;
  const { entry } = comer.protocol;
  if (entry === undefined || comer.stand.kind === "passed") return null;
  const at = atStage(comer, isReturn);
  if (step.stage === "practice" || step.stage === "qualification")
    return judgeKnown(context, tx, { comer, entry, step });
  if (step.stage !== at) return null;
  const who = { annotatorId: comer.annotator.id, entry, at: now(context) };
  if (step.stage === "information") await pass(tx, { ...who, stage: "information", outcome: "passed" });
  else if (step.stage === "questions") {
    const isOut = await keepAnswers(tx, { ...who, answers: step.answers });
    await pass(tx, { ...who, stage: "questions", outcome: isOut ? "screened_out" : "passed" });
  } else if (entry.consent !== undefined && step.version === consentVersion(entry.consent)) {
    const outcome = step.agrees ? "passed" : "no_consent";
    await pass(tx, { ...who, stage: "consent", outcome, language });
    if (!step.agrees) await letGo(tx, comer.annotator.id, context.clock());
  }
  return null;
}

/** The stage that somebody is at; who refused is at the consent again if they may return. */
function atStage({ stand }: Comer, isReturn: boolean): EntryStage | null {
  if (stand.kind === "at") return stand.stage;
  return isReturn && stand.kind === "out" && stand.end === "no_consent" ? "consent" : null;
}
