import { useEffect } from "preact/hooks";
import type { BlockName, Blocks } from "../../../server/contract/report.ts";
import type { BlockShelf } from "./watch-block.ts";
import type { WatchedPart } from "./watch-report.ts";

/** A block as far as it is known, kept fresh while `looking`. */
export function useBlock<Name extends BlockName>(
  shelf: BlockShelf,
  name: Name,
  looking: boolean,
): WatchedPart<Blocks[Name]> {
  useEffect(() => (looking ? shelf.look(name) : undefined), [shelf, name, looking]);
  return shelf.read(name).value;
}

/** Several blocks, kept fresh while `looking`: those that are there, and whether one could not be had. */
export function useBlocks(shelf: BlockShelf, names: readonly BlockName[], looking: boolean) {
  useEffect(() => {
    if (!looking) return undefined;
    const ends = names.map((name) => shelf.look(name));
    return () => ends.forEach((end) => end());
  }, [shelf, names, looking]);
  const watched = names.map((name) => shelf.read(name).value);
  return {
    parts: watched.map(({ part }) => part),
    lost: watched.some(({ refused, unreachable }) => unreachable || refused !== null),
  };
}
