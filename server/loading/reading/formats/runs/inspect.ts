import { askedIn } from "../../conversation.ts";
import type { Fields } from "../../field-map.ts";
import { type FileOptions, systemOfFile } from "../../options.ts";
import { type LoadRecord, RowFault, RowNote } from "../../records.ts";
import { restWithout } from "../../rest.ts";
import { idIn, nameIn, shown } from "../../values.ts";
import { isFilled } from "../../vocabulary.ts";
import {
  answerIn,
  detailsOf,
  failureIn,
  listAt,
  objectAt,
  runRecords,
  onlyFirst,
  partsNotKept,
  systemMessageOf,
  textAt,
} from "./parts.ts";

/** What a log keeps of how an output came about; the output is all of it that is shown. */
const COURSE = [
  "messages",
  "events",
  "attachments",
  "store",
  "transcript",
  "timelines",
  "events_data",
  "message_pool",
];
const USED = ["id", "epoch", "input", "choices", "prompt_id", "system", "eval", "output.completion"];

/**
 * A sample of a log of inspect_ai: the input as the dataset has it, and what the model wrote last. Epochs are samples of one
 * prompt, of which the first is taken. Choices to answer with belong to the prompt, under the letters by which answers name
 * them. Long texts stand among the attachments, by a hash.
 */
export function readInspectSample(row: Fields, at: number, options: FileOptions): (LoadRecord | RowNote)[] {
  const promptId = idIn(row, "prompt_id") ?? nameIn(row, "id");
  if (typeof row.epoch === "number" && row.epoch > 1) return onlyFirst("several", "epochs");
  const whole = withAttachments(row);
  const { prompt, systemMessage = systemMessageIn(whole.messages) } =
    typeof whole.input === "string"
      ? { prompt: withChoices(whole.input, row.choices) }
      : askedIn(whole.input, "input");
  const message = objectAt(whole, "output.choices.0.message");
  const stop = textAt(whole, "output.choices.0.stop_reason");
  const failure = failureIn(row.error) ?? failureIn(objectAt(row, "output").error);
  const {
    output: call,
    metadata: item,
    ...rest
  } = restWithout(row, [...[...USED, ...COURSE], "output.choices.0.message", "output.choices.0.stop_reason"]);
  return [
    ...runRecords({
      row: at,
      promptId,
      prompt,
      promptMetadata: systemMessageOf(systemMessage),
      system:
        idIn(row, "system") ??
        textAt(row, "eval.model") ??
        textAt(row, "output.model") ??
        systemOfFile(options),
      output: failure === null ? answerIn(message.content, "output.choices.0.message.content") : null,
      failure: failure ?? `no text, ${stop ?? "no choice"}`,
      metadata: {
        ...(stop === null ? {} : { stop_reason: stop }),
        ...rest,
        ...detailsOf("call_details", call),
        ...detailsOf("dataset_item", item),
      },
    }),
    ...onlyFirst(listAt(row, "output.choices").length, "choices"),
    ...partsNotKept(COURSE.filter((name) => isFilled(row[name]))),
  ];
}

const A = "A".charCodeAt(0);

function withChoices(input: string, choices: unknown): string {
  if (choices === null || choices === undefined) return input;
  if (!Array.isArray(choices) || choices.some((choice) => typeof choice !== "string"))
    throw new RowFault("TextNotText", `choices is ${shown(choices)}, which is no list of texts.`, "choices");
  const lines = choices.map((choice, i) => `${String.fromCharCode(A + i)}) ${choice}`);
  return [input, ...(lines.length === 0 ? [] : [lines.join("\n")])].join("\n\n");
}

/** The messages to the system that stand before the input: a solver may have put them there. */
const toldOf = (messages: unknown): Fields[] =>
  (Array.isArray(messages) ? (messages as (Fields | null)[]) : []).flatMap((one) =>
    one?.role === "system" ? [one] : [],
  );

function systemMessageIn(messages: unknown): string | null {
  const told = toldOf(messages).flatMap(({ content }) => answerIn(content, "messages") ?? []);
  return told.length === 0 ? null : told.join("\n\n");
}

const ATTACHED = /^(?:attachment|tc):\/\/(\w+)$/;

/** Puts the attached texts back where they belong. @throws RowFault where one is not in the file */
function withAttachments(row: Fields): Fields {
  const texts = { ...objectAt(row, "transcript.content"), ...objectAt(row, "attachments") };
  const back = (value: unknown): unknown => {
    if (typeof value === "string") {
      const hash = ATTACHED.exec(value)?.[1];
      if (hash === undefined) return value;
      if (typeof texts[hash] === "string") return texts[hash];
      const advice =
        "Write the log anew with its texts in place: inspect log dump LOG --resolve-attachments > log.json.";
      throw new RowFault(
        "FieldMissing",
        `A text of the sample is only referred to. ${advice}`,
        "attachments",
      );
    }
    if (Array.isArray(value)) return value.map(back);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, back(one)]));
  };
  return { input: back(row.input), output: back(row.output), messages: toldOf(row.messages).map(back) };
}
