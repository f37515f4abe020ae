import { useState } from "preact/hooks";
import type { StudyDetail } from "../../../server/contract/studies.ts";
import { desk as words } from "../../words/en/desk.ts";
import { resultsAddress } from "./address.ts";
import { CommandLine } from "./command-line.tsx";
import { CopyButton } from "./copy-button.tsx";
import { Failure } from "./failure.tsx";
import { ownerApi } from "./owner-api.ts";
import { Section } from "./section.tsx";
import { useAction } from "./use-action.ts";

const text = words.results;

/** The way to the results, and a link that shows them to others. */
export function ResultsSection({ study }: { study: StudyDetail }) {
  const [url, setUrl] = useState<string | null>(null);
  const { working, refused, run } = useAction();
  const share = () => run(async () => setUrl((await ownerApi.share(study.name)).url));
  return (
    <Section name="results">
      <p>{text.means}</p>
      <p class="row">
        <a class="button primary" href={resultsAddress(study.name)}>
          {text.show}
        </a>
        <button type="button" disabled={working} onClick={share}>
          {text.share}
        </button>
      </p>
      <p class="quiet">{text.shareMeans}</p>
      <Failure refused={refused} />
      {url !== null && (
        <div class="made" role="status">
          <ul class="links">
            <li>
              <code dir="ltr">{url}</code>
              <CopyButton text={url} what={text.share} />
            </li>
          </ul>
        </div>
      )}
      <p>{text.or}</p>
      <CommandLine command={text.command(study.name)} />
    </Section>
  );
}
