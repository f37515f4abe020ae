import { askedIn } from "../../conversation.ts";
import type { Fields } from "../../field-map.ts";
import { type FileOptions, systemOfFolder } from "../../options.ts";
import { type LoadRecord, RowFault, RowNote } from "../../records.ts";
import { restWithout } from "../../rest.ts";
import { idIn, nameIn, textIn } from "../../values.ts";
import {
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

/**
 * A state of a request of HELM's `scenario_state.json`: the instance, and what the model completed. Trials with other
 * examples before the question are samples of one prompt, of which the first is taken.
 */
export function readHelmState(row: Fields, at: number, options: FileOptions): (LoadRecord | RowNote)[] {
  const instance = objectAt(row, "instance");
  const { prompt, promptId, metadata: promptMetadata } = instanceIn(instance);
  if (isFurtherTrial(row)) return onlyFirst("several", "trials");
  const completions = listAt(row, "result.completions");
  const failure = failureIn(objectAt(row, "result").error);
  const isGood = objectAt(row, "result").success !== false && failure === null;
  const { request, result, ...rest } = restWithout(row, [
    ...["instance", "prompt_id", "system", "result.completions.0.text", "result.completions.0.tokens"],
    ...["request.model", "request.model_deployment"],
  ]);
  return [
    ...runRecords({
      row: at,
      promptId,
      prompt,
      promptMetadata,
      system: idIn(row, "system") ?? textAt(row, "request.model") ?? systemOfRun(options),
      output: isGood && completions.length > 0 ? textIn(objectAt(row, "result.completions.0"), "text") : null,
      failure: failure ?? (isGood ? null : "success is false"),
      metadata: {
        ...rest,
        ...detailsOf("call_details", {
          ...(request as Fields | undefined),
          ...(result as Fields | undefined),
        }),
      },
    }),
    ...onlyFirst(completions.length, "completions"),
    ...partsNotKept(listAt(row, "result.completions.0.tokens").length > 0 ? ["tokens"] : []),
  ];
}

const isFurtherTrial = (row: Fields): boolean =>
  typeof row.train_trial_index === "number" && row.train_trial_index > 0;

/** An instance of HELM's `instances.json`: a prompt. */
export function readHelmInstance(row: Fields, at: number): LoadRecord[] {
  const { prompt, promptId, metadata } = instanceIn(row);
  return [{ kind: "prompt", row: at, promptId, turns: [prompt], metadata }];
}

/** A perturbed copy of an instance has its id, and is another prompt. */
function instanceIn(instance: Fields) {
  const { text, messages } = objectAt(instance, "input");
  const isChat = Array.isArray(messages) && messages.length > 0;
  if (typeof text !== "string" && !isChat)
    throw new RowFault("FieldMissing", "The instance has no text.", "instance");
  const asked = isChat
    ? askedIn(messages, "input.messages")
    : { prompt: text as string, systemMessage: null };
  const perturbed = perturbationOf(instance.perturbation);
  const promptId = idIn(instance, "prompt_id") ?? `${nameIn(instance, "id")}${perturbed}`;
  const { references: item, ...rest } = restWithout(instance, [
    "id",
    "prompt_id",
    "input.text",
    "input.messages",
  ]);
  return {
    prompt: asked.prompt,
    promptId,
    metadata: { ...systemMessageOf(asked.systemMessage), ...detailsOf("dataset_item", item), ...rest },
  };
}

function perturbationOf(perturbation: unknown): string {
  if (typeof perturbation !== "object" || perturbation === null) return "";
  const { name } = perturbation as Fields;
  return typeof name === "string" ? ` (${name})` : " (perturbed)";
}

/** A prediction of HELM's `display_predictions.json`, which joins `instances.json`. The run's folder names the model. */
export function readHelmPrediction(row: Fields, at: number, options: FileOptions): (LoadRecord | RowNote)[] {
  const promptId =
    idIn(row, "prompt_id") ?? `${nameIn(row, "instance_id")}${perturbationOf(row.perturbation)}`;
  if (isFurtherTrial(row)) return onlyFirst("several", "trials");
  const output = row.predicted_text ?? null;
  const rest = restWithout(row, ["instance_id", "prompt_id", "system", "predicted_text", "perturbation"]);
  return runRecords({
    row: at,
    promptId,
    prompt: null,
    system: idIn(row, "system") ?? systemOfRun(options),
    output: output === null ? null : textIn(row, "predicted_text"),
    metadata: rest,
  });
}

/** Runs are in folders such as `mmlu:subject=law,model=openai_gpt-4`. */
function systemOfRun(options: FileOptions): string {
  const folder = systemOfFolder(options);
  return /[:,]model=([^,]+)/.exec(folder)?.[1] ?? folder;
}
