import type { GroupKind } from "../../contract/words.ts";
import type { GroupName } from "./records.ts";

const KINDS: readonly string[] = ["crowd", "author", "model"] satisfies GroupKind[];

/** Reads `NAME` or `NAME:crowd|author|model`; null where the kind is none of the three. */
export function parseGroupName(text: string): GroupName | null {
  const colon = text.lastIndexOf(":");
  const [name, kind] = colon < 0 ? [text, null] : [text.slice(0, colon), text.slice(colon + 1)];
  if (name === "" || (kind !== null && !KINDS.includes(kind))) return null;
  return { name, kind: kind as GroupKind | null };
}
