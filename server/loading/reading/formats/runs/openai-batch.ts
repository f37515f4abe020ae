import { valueAt } from "../../paths.ts";
import { askedIn } from "../../conversation.ts";
import type { Fields } from "../../field-map.ts";
import { type FileOptions, modelAsKnown, systemOfFile } from "../../options.ts";
import { type LoadRecord, RowFault, RowNote } from "../../records.ts";
import { restWithout } from "../../rest.ts";
import { idIn, nameIn, textIn } from "../../values.ts";
import {
  answerIn,
  detailsOf,
  failureIn,
  listAt,
  objectAt,
  runRecords,
  onlyFirst,
  systemMessageOf,
  textAt,
} from "./parts.ts";

const ASKED = ["messages", "input", "prompt", "instructions", "model"].map((name) => `body.${name}`);

/** A request of OpenAI's batches, which others take too: the prompt, and what the system was told with it. */
export function readOpenaiRequest(row: Fields, at: number): LoadRecord[] {
  const body = objectAt(row, "body");
  const { prompt, systemMessage } = askedOf(body);
  const told = [textAt(body, "instructions"), systemMessage].filter((text) => text !== null);
  const model = textAt(body, "model");
  const { body: details, ...rest } = restWithout(row, ["custom_id", "prompt_id", ...ASKED]);
  const metadata = {
    ...systemMessageOf(told.length === 0 ? null : told.join("\n\n")),
    ...(model === null ? {} : { requested_of: model }),
    ...rest,
    ...detailsOf("call_details", details),
  };
  return [{ kind: "prompt", row: at, promptId: promptIdIn(row), turns: [prompt], metadata }];
}

const promptIdIn = (row: Fields): string => idIn(row, "prompt_id") ?? nameIn(row, "custom_id");

/** Chat completions have `messages`, responses `input`, older completions `prompt`. */
function askedOf(body: Fields): ReturnType<typeof askedIn> {
  if (body.messages !== undefined) return askedIn(body.messages, "body.messages");
  const isChat =
    Array.isArray(body.input) && body.input.every((one: Fields | null) => one?.role !== undefined);
  if (isChat) return askedIn(body.input, "body.input");
  const field = body.input === undefined ? "prompt" : "input";
  if (body[field] === undefined)
    throw new RowFault(
      "FieldMissing",
      "The request asks for no text: it has no messages, input or prompt.",
      "body",
    );
  return { prompt: textIn(body, field), systemMessage: null };
}

/** A reply of OpenAI's batches, of chat completions, responses or completions. */
export function readOpenaiReply(row: Fields, at: number, options: FileOptions): (LoadRecord | RowNote)[] {
  const promptId = promptIdIn(row);
  const body = objectAt(row, "response.body");
  const status = valueAt(row, "response.status_code");
  const isBad = typeof status === "number" && status >= 400;
  const failure = failureIn(row.error) ?? failureIn(body.error) ?? (isBad ? `status ${status}` : null);
  const { output, finish, used } = body.output === undefined ? completionIn(body) : responseIn(body);
  const model = textAt(body, "model");
  const { response: details, ...rest } = restWithout(row, [
    ...["custom_id", "prompt_id", "system", "error"],
    ...used.map((path) => `response.body.${path}`),
  ]);
  const metadata = {
    ...(finish === null ? {} : { finish_reason: finish }),
    ...rest,
    ...detailsOf("call_details", details),
  };
  const system =
    idIn(row, "system") ?? (model === null ? systemOfFile(options) : modelAsKnown(model, options));
  const common = { row: at, promptId, prompt: null, system, metadata };
  const records = runRecords({
    ...common,
    output: failure === null ? output : null,
    failure: failure ?? noText(finish),
  });
  return [...records, ...onlyFirst(listAt(body, "choices").length, "choices")];
}

const noText = (finish: string | null): string => (finish === null ? "it has no text" : `no text, ${finish}`);

interface Reply {
  readonly output: string | null;
  readonly finish: string | null;
  /** Where in the body it stands. */
  readonly used: readonly string[];
}

function completionIn(body: Fields): Reply {
  const choice = objectAt(body, "choices.0");
  const message = objectAt(choice, "message");
  const output = answerIn(message.content ?? choice.text, "message.content") ?? textAt(message, "refusal");
  const used = ["content", "refusal"].map((name) => `choices.0.message.${name}`);
  return {
    output,
    finish: textAt(choice, "finish_reason"),
    used: [...used, "choices.0.text", "choices.0.finish_reason"],
  };
}

/** The messages among the items of a response; its other items are thoughts and calls. */
function responseIn(body: Fields): Reply {
  const items = listAt(body, "output") as (Fields | null)[];
  const texts = items.flatMap((item, i) =>
    item?.type === "message" ? [answerIn(item.content, `output.${i}.content`) ?? ""] : [],
  );
  const reason = textAt(body, "incomplete_details.reason");
  const used = items.flatMap((item, i) => (item?.type === "message" ? [`output.${i}`] : []));
  const finish = reason === "max_output_tokens" ? "length" : reason;
  return { output: texts.length === 0 ? null : texts.join("\n\n"), finish, used: used.reverse() };
}
