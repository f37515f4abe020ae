import { signal, type ReadonlySignal } from "@preact/signals";
import type { BlockName, Blocks } from "../../../server/contract/report.ts";
import { type ReportSource, type Watch, type WatchedPart, watchPart } from "./watch-report.ts";

/** Less often than the report: a block may take the server a second, and few read one while it changes. */
const BLOCK_POLL_MS = 30_000;

/** The further blocks of one report, each fetched once somebody looks at it and kept fresh for as long. */
export interface BlockShelf {
  /** What is known of a block; nothing until somebody looks. */
  read<Name extends BlockName>(name: Name): ReadonlySignal<WatchedPart<Blocks[Name]>>;
  /** Starts looking at a block. @returns how to stop: what is known stays */
  look(name: BlockName): () => void;
  /** Asks for a block that is looked at once more, at once. */
  again(name: BlockName): void;
}

export function blockShelf(source: ReportSource): BlockShelf {
  const kept = new Map<BlockName, Kept>();
  const keptOf = (name: BlockName): Kept => {
    const known = kept.get(name) ?? { now: signal(NOTHING), watch: null, lookers: 0 };
    kept.set(name, known);
    return known;
  };
  return {
    read: <Name extends BlockName>(name: Name) =>
      keptOf(name).now as ReadonlySignal<WatchedPart<unknown>> as ReadonlySignal<WatchedPart<Blocks[Name]>>,
    look: (name) => {
      const one = keptOf(name);
      one.lookers += 1;
      one.watch ??= follow(one, source, name);
      return () => {
        one.lookers -= 1;
        if (one.lookers > 0) return;
        one.watch?.stop();
        one.watch = null;
      };
    },
    again: (name) => keptOf(name).watch?.again(),
  };
}

interface Kept {
  now: { value: WatchedPart<unknown> };
  watch: Pick<Watch<unknown>, "stop" | "again"> | null;
  lookers: number;
}

const NOTHING: WatchedPart<unknown> = { part: null, refused: null, unreachable: false };

function follow(one: Kept, source: ReportSource, name: BlockName): Pick<Watch<unknown>, "stop" | "again"> {
  const { watched, stop, again } = watchPart({ source, name, everyMs: BLOCK_POLL_MS });
  const end = watched.subscribe((next) => {
    // a new watch starts with nothing: what was there before stays on the page until it is replaced
    if (next.part !== null) one.now.value = next;
    else if (next.refused !== null) one.now.value = { ...one.now.value, refused: next.refused };
    else if (next.unreachable) one.now.value = { ...one.now.value, unreachable: true };
  });
  return {
    again,
    stop: () => {
      end();
      stop();
    },
  };
}
