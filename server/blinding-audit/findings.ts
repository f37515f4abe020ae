import type { AuditBody } from "../contract/blinding.ts";
import { FINDING_KINDS, type FindingKind } from "../contract/findings.ts";

const WHAT_KEPT = 200;
const WHAT_LISTED = 5;
const EXAMPLES = 3;
const EXAMPLE_LENGTH = 160;

interface Counted {
  responses: number;
  readonly what: Map<string, number>;
  readonly examples: { prompt: string; text: string }[];
}

/** One response in which something was found. */
interface Found {
  readonly kind: FindingKind;
  readonly what: string;
  readonly system: string;
  readonly prompt: string;
  readonly text: string;
}

/** The name of a finding: its kind and the name of its system. */
export const findingName = (kind: FindingKind, system: string): string => `${kind}:${system}`;

/** @returns null where it is no name of a finding */
export function readFindingName(name: string): { kind: FindingKind; system: string } | null {
  const kind = FINDING_KINDS.find((one) => name.startsWith(`${one}:`));
  return kind === undefined ? null : { kind, system: name.slice(kind.length + 1) };
}

/** Counts what is found by kind and system, with a few examples: what it keeps does not grow with the study. */
export class Findings {
  readonly #counted = new Map<string, Counted>();
  readonly #responses = new Map<string, number>();

  /** One more response was looked at. */
  see(system: string): void {
    this.#responses.set(system, (this.#responses.get(system) ?? 0) + 1);
  }

  get responses(): number {
    return [...this.#responses.values()].reduce((sum, one) => sum + one, 0);
  }

  responsesOf(system: string): number {
    return this.#responses.get(system) ?? 0;
  }

  add({ kind, what, system, prompt, text }: Found): void {
    const name = findingName(kind, system);
    const there = this.#counted.get(name);
    const counted = there ?? { responses: 0, what: new Map<string, number>(), examples: [] };
    if (!there) this.#counted.set(name, counted);
    counted.responses++;
    const times = counted.what.get(what);
    if (times !== undefined || counted.what.size < WHAT_KEPT) counted.what.set(what, (times ?? 0) + 1);
    if (counted.examples.length < EXAMPLES) counted.examples.push({ prompt, text: around(text, kind, what) });
  }

  /** @param systems with their display names, in the order in which findings of a kind are listed */
  list(systems: readonly { name: string; displayName: string }[]): AuditBody["findings"] {
    return FINDING_KINDS.flatMap((kind) =>
      systems.flatMap(({ name: system, displayName: label }) => {
        const finding = findingName(kind, system);
        const counted = this.#counted.get(finding);
        if (!counted) return [];
        const { responses, examples } = counted;
        const most = [...counted.what].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
        const what = most.slice(0, WHAT_LISTED).map(([text, n]) => ({ text, responses: n }));
        return [{ finding, kind, system, label, responses, of: this.responsesOf(system), what, examples }];
      }),
    );
  }
}

/** A piece of a text, on one line, with what was found in it: of one that is cut, its end. */
function around(text: string, kind: FindingKind, what: string): string {
  const at = text.indexOf(what);
  const middle = Math.max(0, at - EXAMPLE_LENGTH / 3);
  const start = kind === "cut" ? Math.max(0, text.trimEnd().length - EXAMPLE_LENGTH) : middle;
  const piece = [...text.slice(start, start + 2 * EXAMPLE_LENGTH).replace(/\s+/gu, " ")];
  const cut = piece.length > EXAMPLE_LENGTH;
  return `${start > 0 ? "…" : ""}${piece.slice(0, EXAMPLE_LENGTH).join("")}${cut ? "…" : ""}`;
}
