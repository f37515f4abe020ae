import { words } from "../../../words/dashboard.ts";

const readAs = words.setup.readAs;

/** A message that names an option of the command line, with what this page has instead. */
export const asOnPage = (message: string): string =>
  message
    .replace(/(?:\S+\.\S+ )?--(?:format|recipe) ([\w-]+)/g, (_, name: string) => readAs.instead(name))
    .replace(/load it with --encoding ([\w-]+)/g, (_, name: string) => readAs.choose(name))
    .replace("Omit --encoding, or name another.", readAs.another)
    .replace(" (npx tiebreak recipe list)", "");
