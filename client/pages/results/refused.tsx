import { withBase } from "../../base-path.ts";
import { words } from "../../words/results.ts";
import { says } from "../../words/results-refused.ts";
import { addressOfPart } from "./prompt-part.ts";
import type { Watched } from "./watch-report.ts";

interface Props {
  why: NonNullable<Watched["refused"]>;
  /** Missing for a share link. */
  study?: string;
}

/** Why there are no results to show, and where to go. */
export function Refused({ why, study = "" }: Props) {
  if (why === "noPart") return <NoPart />;
  return (
    <main class="results">
      <h1>{says.title}</h1>
      <p>{why === "notFound" ? says.notFound(study) : says[why]}</p>
      {why !== "linkNotValid" && (
        <p>
          <a href={withBase("/dashboard")}>{says.toDashboard}</a>
        </p>
      )}
    </main>
  );
}

function NoPart() {
  return (
    <main class="results">
      <h1>{words.promptParts.none}</h1>
      <p>
        <a href={addressOfPart(null, location)}>{words.promptParts.showAll}</a>
      </p>
    </main>
  );
}
