import { useState } from "preact/hooks";
import { words } from "../../../words/results-paper.ts";
import { saveFile } from "../save-file.ts";
import { fetchPaper, type PaperSource, Refused } from "./fetch-paper.ts";

/** Saves files of a paper, one after another; `fault`: why the last one could not be had. */
export function useSaving(given: PaperSource) {
  const [fault, setFault] = useState<string | null>(null);
  const save = async (name: string, path: string, asked: Readonly<Record<string, string>> = {}) => {
    try {
      const reply = await fetchPaper(given, path, asked);
      saveFile(`${given.study}-${name}`, await reply.blob());
      setFault(null);
    } catch (error) {
      setFault(error instanceof Refused ? error.message : words.lost);
    }
  };
  return { fault, save };
}
