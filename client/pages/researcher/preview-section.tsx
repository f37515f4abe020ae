import { useEffect, useRef, useState } from "preact/hooks";
import type { Preview, StudySummary } from "../../../server/contract/studies.ts";
import { PairView } from "../../components/pair-view.tsx";
import { speak } from "../../words/annotator.ts";
import { words } from "../../words/dashboard.ts";
import { Failure } from "./failure.tsx";
import { ownerApi } from "./owner-api.ts";
import { Section } from "./section.tsx";
import { useAction } from "./use-action.ts";

const text = words.preview;

/** The annotator's page as it will look, pair by pair, in a frame of its own. */
export function PreviewSection({ study, open }: { study: StudySummary; open: boolean }) {
  const [preview, setPreview] = useState<Preview | null>(null);
  const { working, refused, run } = useAction();
  const show = () =>
    run(async () => {
      const made = await ownerApi.preview(study.name);
      await speak([made.sheet.language, ...navigator.languages]);
      setPreview(made);
    });
  const opened = useRef(false);
  useEffect(() => {
    if (open && !opened.current) {
      opened.current = true;
      show();
    }
  });
  return (
    <Section name="preview">
      <p>{text.means}</p>
      {preview === null && (
        <p>
          <button type="button" disabled={working} onClick={show}>
            {text.show}
          </button>
        </p>
      )}
      <Failure refused={refused} />
      {preview?.assignments.length === 0 && <p>{text.empty}</p>}
      {preview && preview.assignments.length > 0 && <Pairs preview={preview} />}
    </Section>
  );
}

function Pairs({ preview: { sheet, assignments } }: { preview: Preview }) {
  const [at, setAt] = useState(0);
  const shown = assignments[at];
  if (!shown) return null;
  return (
    <div class="preview">
      <p class="row">
        <button type="button" disabled={at === 0} onClick={() => setAt(at - 1)}>
          {text.previous}
        </button>
        <span role="status">{text.position(at + 1, assignments.length)}</span>
        <button type="button" disabled={at === assignments.length - 1} onClick={() => setAt(at + 1)}>
          {text.next}
        </button>
        <span class="quiet">{text.sides}</span>
      </p>
      <div class="preview-page" lang={sheet.language}>
        <p class="asked">{sheet.question}</p>
        <PairView view={shown} />
        <ul class="preview-options">
          {Object.values(sheet.options).map((option) => (
            <li key={option}>{option}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}
