import { useState } from "preact/hooks";
import { words } from "../../../words/results-paper.ts";
import type { PaperSource } from "./fetch-paper.ts";
import { useSaving } from "./use-saving.ts";

/** The methods as a paragraph to copy, as LaTeX with keys, and what it cites. */
export function MethodsView({ given, methods }: { given: PaperSource; methods: string }) {
  const [copied, setCopied] = useState<boolean | null>(null);
  const { fault, save } = useSaving(given);
  const copy = () =>
    void navigator.clipboard.writeText(methods).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <fieldset class="paper-methods">
      <legend>{words.methods}</legend>
      {methods === "" ? (
        <p>{words.noMethods}</p>
      ) : (
        <>
          <p class="paper-text" dir="auto" lang="en">
            {methods}
          </p>
          <div class="paper-row">
            <button type="button" onClick={copy}>
              {words.copy}
            </button>
            <button
              type="button"
              aria-label={words.download(words.methods, words.latex)}
              onClick={() => void save("methods.tex", "/methods", { format: "latex" })}
            >
              {words.latex}
            </button>
            <button
              type="button"
              aria-label={words.download(words.methods, words.bibtex)}
              onClick={() => void save("references.bib", "/references")}
            >
              {words.bibtex}
            </button>
            {copied !== null && <span role="status">{copied ? words.copied : words.copyFailed}</span>}
          </div>
        </>
      )}
      {fault !== null && <p role="alert">{fault}</p>}
    </fieldset>
  );
}
