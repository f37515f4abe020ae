import path from "node:path";
import { candidate, type Candidate } from "../candidate.ts";
import { BuildRefused } from "../errors.ts";
import type { Input } from "./input.ts";
import type { SourceTally } from "./tally.ts";
import { textIn } from "./json-lines.ts";

const TASK_BYTES_MAX = 256 * 1024 * 1024;
type Json = Readonly<Record<string, unknown>>;

/**
 * The instances of Natural Instructions v2, one JSON file per task: definition and input are the prompt, the first output the response.
 * The body is the input alone, the title the definition.
 * @throws BuildRefused where two files are of the same task
 */
export async function* readNaturalInstructions(
  inputs: readonly Input[],
  { tally }: { tally: SourceTally },
): AsyncGenerator<Candidate> {
  const names = new Set<string>();
  for (const input of inputs) {
    const name = path.basename(input.name).replace(/\.json(\.gz|\.zst)?$/i, "");
    const task = await taskIn(input, tally);
    if (task === null) continue;
    if (names.has(name))
      throw new BuildRefused(
        `Two files are called ${name}, and a task is known by the name of its file: the second is ${input.name}. Name one of them alone.`,
      );
    names.add(name);
    yield* instancesOf(task, { name, file: input.name, tally });
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
    return fault("is not JSON");
  }
}

function* instancesOf(
  task: Json,
  { name, file, tally }: { name: string; file: string; tally: SourceTally },
): Generator<Candidate> {
  const ids = new Set<string>();
  const definition = textsIn(task.Definition).join("\n\n");
  const licences = textsIn(task["Instance License"]);
  const tags = [...textsIn(task.Categories), ...textsIn(task.Domains)];
  for (const [at, one] of (task.Instances as readonly unknown[]).entries()) {
    tally.rows++;
    const instance = typeof one === "object" && one !== null ? (one as Json) : {};
    const given = textIn(instance, "input");
    const [output] = textsIn(instance.output);
    const id = textIn(instance, "id") ?? String(at + 1);
    const fault = (why: string): void => tally.fault({ file, line: at + 1, why });
    if (given === null || output === undefined) {
      fault(`is an instance without ${given === null ? "input" : "output"}`);
      continue;
    }
    if (ids.has(id)) {
      fault(`has the id ${id} of an earlier instance`);
      continue;
    }
    ids.add(id);
    yield candidate({
      id: `${name}/${id}`,
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
