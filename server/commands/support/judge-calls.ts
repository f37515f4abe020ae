import type { Context } from "../../context.ts";
import type { JudgeCall, ShownCall } from "../../contract/judge-calls.ts";
import { decimal, dollars } from "../../report-document/numbers.ts";
import { listCalls, showCall } from "../../judges/shown-calls.ts";
import { print } from "./run.ts";

const A_PAGE = 200;

/** Prints every call of a study's models, the latest first: of one judge where its name is given. */
export async function printCalls(
  context: Context,
  study: string,
  { annotator, json }: { annotator?: string | undefined; json?: boolean | undefined },
): Promise<void> {
  let after: number | undefined;
  do {
    const query = { annotator, after, limit: A_PAGE };
    const { calls, next } = await context.database.read((reader) => listCalls(reader, study, query));
    if (calls.length === 0 && after === undefined && !json) return print("No model has judged this study.");
    for (const call of calls) print(json ? JSON.stringify(call) : callText(call));
    after = next === null ? undefined : Number(next);
  } while (after !== undefined);
}

/** Prints one call: what was sent, and what came back. */
export async function printCall(
  context: Context,
  study: string,
  { id, json }: { id: number; json?: boolean | undefined },
): Promise<void> {
  const call = await context.database.read((reader) => showCall(reader, study, id));
  print(json ? JSON.stringify(call) : shownText(call));
}

function callText({ id, annotator, prompt, turn, left, right, messagesHash, ...came }: JudgeCall): string {
  const of = turn > 1 ? `${prompt}, turn ${turn}` : prompt;
  const hash = messagesHash === null ? "" : ` · messages ${messagesHash.slice(0, 12)}`;
  return `${id}  ${annotator} · ${of}: ${left} | ${right} · ${outcomeText(came)}${hash}`;
}

type Came = Pick<JudgeCall, "state" | "outcome" | "grade" | "preference">;

function outcomeText({ state, outcome, grade, preference }: Came): string {
  if (state === "claimed") return "no result yet";
  if (state !== "answered") return `without a verdict: ${outcome ?? "lost"}`;
  return [
    outcome ?? "",
    ...(grade === null ? [] : [grade]),
    ...(preference === null ? [] : [`preference for left ${decimal(preference)}`]),
  ].join(", ");
}

const sampleText = ({ sample }: ShownCall): string => {
  if (sample === null) return "";
  return sample.number === null
    ? `, in no verdict (one takes ${sample.of} samples)`
    : `, sample ${sample.number} of ${sample.of}`;
};

const WHY_NOT: Readonly<Record<NonNullable<ShownCall["whyNot"]>, string>> = {
  "no hash": "no hash of them was kept, so nothing can show what they were",
  "no texts": "the responses were unloaded",
  changed: "a text or the template has changed since, and nothing that the study has had fits their hash",
};

/** One call: what was sent, and what came back. @internal */
export function shownText(call: ShownCall): string {
  const cost = call.dollars === null ? "" : `, ${call.isAtMost ? "at most " : ""}${dollars(call.dollars)}`;
  const tokens = `${call.promptTokens ?? "?"} tokens sent, ${call.completionTokens ?? "?"} received${cost}`;
  const messages =
    call.messages === null
      ? [`The messages cannot be shown again: ${WHY_NOT[call.whyNot ?? "changed"]}.`]
      : call.messages.flatMap(({ role, content }) => [`--- ${role} ---`, content]);
  return [
    callText({ ...call, messagesHash: null }),
    `${call.at}, run ${call.run}, attempt ${call.attempt}${sampleText(call)}: ${call.model} at ${call.baseUrl}`,
    `Answered as: ${call.reportedModel ?? "not reported"}; ${tokens}`,
    `Parameters as sent: ${call.sent === null ? "not kept" : JSON.stringify({ ...call.sent, ...call.body })}`,
    `Template ${call.template} (${call.templateHash}); messages: ${call.messagesHash ?? "no hash"}`,
    ...(call.message === null ? [] : [call.message]),
    "",
    ...messages,
    "--- reply ---",
    call.raw ?? "(none was kept)",
  ].join("\n");
}
