import path from "node:path";
import { candidate, type Candidate } from "../candidate.ts";
import type { Input } from "./input.ts";
import type { SourceTally } from "./tally.ts";
import { textIn } from "./json-lines.ts";

const TASK_BYTES_MAX = 256 * 1024 * 1024;
type Json = Readonly<Record<string, unknown>>;

/**
 * The instances of Natural Instructions v2, one JSON file per task: definition and input are the prompt, the first output the response.
 * The body is the input alone, the title the definition.
 */
export async function* readNaturalInstructions(
  inputs: readonly Input[],
  { tally }: { tally: SourceTally },
): AsyncGenerator<Candidate> {
  for (const input of inputs) {
    const task = await taskIn(input, tally);
    if (task !== null) yield* instancesOf(task, input, tally);
  }
}

async function taskIn(input: Input, tally: SourceTally): Promise<Json | null> {
  const fault = (why: string): null => {
    tally.rows++;
    tally.fault({ file: input.name, line: 1, why });
    return null;
  };
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of input.bytes()) {
    bytes += piece.length;
    if (bytes > TASK_BYTES_MAX) return fault("is too large for one task");
    pieces.push(piece);
  }
  try {
    const task = JSON.parse(
      Buffer.concat(pieces)
        .toString()
        .replace(/^\uFEFF/, ""),
    ) as Json;
    if (!Array.isArray(task.Instances) || !Array.isArray(task.Definition))
      return fault("has no Definition, or no Instances: it is no task of Natural Instructions");
    return task;
  } catch {
    return fault("is no JSON");
  }
}

function* instancesOf(task: Json, input: Input, tally: SourceTally): Generator<Candidate> {
  const name = path.basename(input.name).replace(/\.json(\.gz|\.zst)?$/i, "");
  const definition = textsIn(task.Definition).join("\n\n");
  const licences = textsIn(task["Instance License"]);
  const tags = [...textsIn(task.Categories), ...textsIn(task.Domains)];
  for (const [at, instance] of (task.Instances as readonly Json[]).entries()) {
    tally.rows++;
    const given = textIn(instance, "input");
    const [output] = textsIn(instance.output);
    if (given === null || output === undefined) {
      tally.fault({
        file: input.name,
        line: at + 1,
        why: `is an instance without ${given === null ? "input" : "output"}`,
      });
      continue;
    }
    yield candidate({
      id: `${name}/${textIn(instance, "id") ?? String(at + 1)}`,
      group: name,
      texts: { title: definition, body: given, prompt: `${definition}\n\n${given}`, response: output },
      tags,
      licence: licences.length > 0 ? licences.join(", ") : null,
      url: textsIn(task.URL)[0] ?? null,
    });
  }
}

const textsIn = (value: unknown): string[] =>
  typeof value === "string"
    ? [value]
    : Array.isArray(value)
      ? value.filter((one) => typeof one === "string")
      : [];
