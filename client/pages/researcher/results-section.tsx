import { useState } from "preact/hooks";
import type { ShareReply, StudyDetail } from "../../../server/contract/studies.ts";
import { words } from "../../words/dashboard.ts";
import { resultsAddress } from "./address.ts";
import { BesideForm } from "./beside-form.tsx";
import { CommandLine } from "./command-line.tsx";
import { CopyButton } from "./copy-button.tsx";
import { Failure } from "./failure.tsx";
import { IssuedLinks } from "./issued-links.tsx";
import { ownerApi } from "./owner-api.ts";
import { Section } from "./section.tsx";
import { useAction } from "./use-action.ts";

const text = words.results;

/** The way to the results, and a link that shows them to others. */
export function ResultsSection({ study, canShare }: { study: StudyDetail; canShare: boolean }) {
  return (
    <Section name="results">
      <p>{text.means}</p>
      <p class="row">
        <a class="button primary" href={resultsAddress(study.name)}>
          {text.show}
        </a>
      </p>
      <BesideForm study={study.name} />
      {canShare && <ShareLink study={study} />}
      {canShare && <IssuedLinks study={study.name} group={null} />}
      <p>{text.or}</p>
      <CommandLine command={text.command(study.name)} />
    </Section>
  );
}

/** A read-only link to the figures as they move, or to those of this moment; of a closed study rather the latter. */
function ShareLink({ study }: { study: StudyDetail }) {
  const [asked, setAsked] = useState<boolean | null>(null);
  const [made, setMade] = useState<ShareReply | null>(null);
  const { working, refused, run } = useAction();
  const frozen = asked ?? study.state === "closed";
  const share = () => run(async () => setMade(await ownerApi.share(study.name, frozen)));
  return (
    <>
      <fieldset class="share">
        <legend>{text.shareMeans}</legend>
        {[false, true].map((choice) => (
          <label key={String(choice)}>
            <input
              type="radio"
              name="share-shows"
              checked={frozen === choice}
              onChange={() => setAsked(choice)}
            />{" "}
            {choice ? text.shareFrozen : text.shareLive}
          </label>
        ))}
        <button type="button" disabled={working} onClick={share}>
          {text.share}
        </button>
      </fieldset>
      <Failure refused={refused} />
      {made !== null && (
        <div class="made" role="status">
          <p>{made.snapshot === null ? text.sharedLive : text.sharedFrozen(made.snapshot)}</p>
          <ul class="links">
            <li>
              <code dir="ltr">{made.url}</code>
              <CopyButton text={made.url} what={text.shareLink} />
            </li>
          </ul>
        </div>
      )}
    </>
  );
}
