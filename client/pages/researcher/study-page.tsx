import { useEffect } from "preact/hooks";
import type { StudyDetail } from "../../../server/contract/studies.ts";
import { words } from "../../words/dashboard.ts";
import { BlindingSection } from "./blinding-section.tsx";
import { Failure } from "./failure.tsx";
import { JudgesSection } from "./judges/judges-section.tsx";
import { MaterialSection } from "./material-section.tsx";
import { ownerApi } from "./owner-api.ts";
import { PeopleSection } from "./people-section.tsx";
import { PreviewSection } from "./preview-section.tsx";
import { ProgressSection } from "./progress-section.tsx";
import { ProtocolSection } from "./protocol-section.tsx";
import { hasQuality, QualitySection } from "./quality-section.tsx";
import { ResultsSection } from "./results-section.tsx";
import { Setup } from "./setup/setup.tsx";
import { StudyNames } from "./setup/study-names.tsx";
import { StateMoves } from "./state-moves.tsx";
import { StateMark, StudyProgress } from "./study-list.tsx";
import { useLoaded } from "./use-loaded.ts";
import { useSectionInView } from "./use-section-in-view.ts";
import { withBase } from "../../base-path.ts";

const EVERY_MS = 5000;
const SECTIONS = [
  "material",
  "protocol",
  "blinding",
  "people",
  "judges",
  "progress",
  "quality",
  "preview",
  "results",
] as const;

/** Whether there are texts to audit. */
const isAuditable = ({ prompts, systems }: StudyDetail): boolean => prompts > 0 && systems > 0;

function has(study: StudyDetail, section: (typeof SECTIONS)[number]): boolean {
  if (section === "quality") return hasQuality(study);
  return section !== "blinding" || isAuditable(study);
}

/** One study, in sections that follow the work. */
export function StudyPage(given: { name: string; section: string | null; signedOut: () => void }) {
  const { name, signedOut } = given;
  const { value: study, refused, set } = useLoaded(() => ownerApi.study(name), EVERY_MS);
  const isSignedOut = refused?.status === 401;
  useEffect(() => {
    document.title = words.studyTabTitle(name);
    if (isSignedOut) signedOut();
  }, [name, isSignedOut, signedOut]);
  useSectionInView(given.section, study !== null);
  return (
    <main class="dashboard">
      <p class="back">
        <a href={withBase("/dashboard")}>{words.toStudies}</a>
      </p>
      {study === null && (
        <h1>
          <bdi>{name}</bdi>
        </h1>
      )}
      {!isSignedOut && <Failure refused={refused} />}
      {study === null && !refused && <p role="status">{words.loading}</p>}
      {study && <Study study={study} changed={set} openPreview={given.section === "preview"} />}
    </main>
  );
}

interface StudyParts {
  study: StudyDetail;
  changed: (study: StudyDetail) => void;
  openPreview: boolean;
}

function Study({ study, changed, openPreview }: StudyParts) {
  return (
    <>
      <header class="study-heading">
        <h1>
          <bdi>{study.name}</bdi> <StateMark state={study.state} />
        </h1>
        <p>
          <bdi>{study.publicTitle}</bdi>
        </p>
        {study.note && <p class="note">{study.note}</p>}
        <div class="how-far">
          <StudyProgress study={study} />
        </div>
        {study.state !== "draft" && <StateMoves study={study} changed={changed} />}
        <StudyNames study={study} changed={changed} />
      </header>
      {study.state === "draft" ? (
        <Setup study={study} changed={changed} openPreview={openPreview} />
      ) : (
        <Opened study={study} changed={changed} openPreview={openPreview} />
      )}
    </>
  );
}

/** The sections of a study that has been opened. */
function Opened({ study, changed, openPreview }: StudyParts) {
  return (
    <>
      <nav aria-label={words.sectionsOf}>
        {SECTIONS.filter((section) => has(study, section)).map((section) => (
          <a key={section} href={`#${section}`}>
            {words.sections[section]}
          </a>
        ))}
      </nav>
      <MaterialSection study={study} changed={changed} />
      <ProtocolSection study={study} changed={changed} />
      {isAuditable(study) && <BlindingSection study={study} />}
      <PeopleSection study={study} />
      <JudgesSection study={study} />
      <ProgressSection study={study} />
      {hasQuality(study) && <QualitySection study={study} />}
      <PreviewSection study={study} open={openPreview} />
      <ResultsSection study={study} />
    </>
  );
}
