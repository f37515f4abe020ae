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
