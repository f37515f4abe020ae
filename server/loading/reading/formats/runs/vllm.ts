import { promptIn } from "../../conversation.ts";
import type { Fields } from "../../field-map.ts";
import { type FileOptions, systemOfFile } from "../../options.ts";
import type { LoadRecord, RowNote } from "../../records.ts";
import { restWithout } from "../../rest.ts";
import { idIn } from "../../values.ts";
import { detailsOf, listAt, noOutput, onlyFirst, textAt } from "./parts.ts";

const USED = ["prompt", "prompt_id", "system", "model", "outputs.0.text", "outputs.0.finish_reason"];

/** A request of vLLM as its outputs are written down: a prompt, and `outputs` with a `text` each. */
export function readVllm(row: Fields, at: number, options: FileOptions): (LoadRecord | RowNote)[] {
  const promptTurns = promptIn(row, "prompt");
  const promptId = idIn(row, "prompt_id");
  const outputs = listAt(row, "outputs");
  const text = textAt(row, "outputs.0.text") ?? (outputs.length > 0 ? "" : null);
  if (text === null) return [noOutput()];
  const finish = textAt(row, "outputs.0.finish_reason");
  const { outputs: call, ...rest } = restWithout(row, USED);
  const system = idIn(row, "system") ?? idIn(row, "model") ?? systemOfFile(options);
  const metadata = {
    ...(finish === null ? {} : { finish_reason: finish }),
    ...rest,
    ...detailsOf("call_details", call),
  };
  return [
    { kind: "response", row: at, promptId, promptTurns, system, turns: [text], metadata },
    ...onlyFirst(outputs.length, "outputs"),
  ];
}
