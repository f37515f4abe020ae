import { useState } from "preact/hooks";
import { addressWith } from "./shown-group.ts";

/** One of some names, kept in the address; the first one until another is chosen, or where the address errs. */
export function useChoice(name: string, names: string[]): [string | undefined, (next: string) => void] {
  const [chosen, setChosen] = useState(() => new URLSearchParams(location.search).get(name));
  const choose = (next: string) => {
    history.replaceState(null, "", addressWith({ [name]: next }, location));
    setChosen(next);
  };
  return [chosen !== null && names.includes(chosen) ? chosen : names[0], choose];
}
