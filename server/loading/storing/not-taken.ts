import type { NotTaken } from "../reading/records.ts";

const LISTED = 10;

interface Cause {
  readonly name: NotTaken["name"];
  readonly why: string;
  count: number;
  readonly prompts: Set<string>;
}

/** Counts a file's outputs that are not taken, by cause, and names their prompts. */
export class NotTakenOutputs {
  readonly #causes = new Map<string, Cause>();

  see({ name, why, prompt }: NotTaken): void {
    const key = `${name} ${why}`;
    const cause = this.#causes.get(key) ?? { name, why, count: 0, prompts: new Set<string>() };
    this.#causes.set(key, cause);
    cause.count++;
    if (prompt !== null && cause.prompts.size <= LISTED) cause.prompts.add(prompt);
  }

  remarks(): { name: string; message: string }[] {
    return [...this.#causes.values()].map((cause) => ({ name: cause.name, message: messageOf(cause) }));
  }
}

function messageOf({ name, why, count, prompts }: Cause): string {
  const named = [...prompts].slice(0, LISTED);
  const more = prompts.size > LISTED ? ", …" : "";
  const of = named.length === 0 ? "" : ` Prompts: ${named.join(", ")}${more}.`;
  return `${WORDS[name](count, why)}${of}`;
}

const outputs = (count: number, what = "output") =>
  `${count.toLocaleString("en")} ${what}${count === 1 ? " was" : "s were"} not taken`;

const WORDS: Record<NotTaken["name"], (count: number, why: string) => string> = {
  OutputFailed: (count, why) => `${outputs(count)}, because the request failed: ${why}.`,
  SampleNotTaken: (count, why) =>
    `${outputs(count, "further sample")}: of each prompt the first counts (${why}).`,
  PartNotKept: (count, why) =>
    `Of ${count.toLocaleString("en")} ${count === 1 ? "row" : "rows"}, these parts are not kept: ${why}.`,
  OutputAgain: (count, why) => `${outputs(count)}: ${why}.`,
};
