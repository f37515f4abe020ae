import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { SessionView } from "../../../server/contract/accounts.ts";
import type { Right } from "../../../server/contract/rights.ts";
import type { StudyDetail, StudySummary } from "../../../server/contract/studies.ts";
import type { StudyPeople } from "../../../server/contract/study-people.ts";
import { words } from "../../words/dashboard.ts";
import { accountApi } from "./account/account-api.ts";
import { TeamSection } from "./account/team-section.tsx";
import { AmendSection } from "./amend/amend-section.tsx";
import { BlindingSection, isAuditable } from "./blinding-section.tsx";
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
import { Section } from "./section.tsx";
import { Setup } from "./setup/setup.tsx";
import { StudyNames } from "./setup/study-names.tsx";
import { StateMoves } from "./state-moves.tsx";
import { StateMark, StudyProgress } from "./study-list.tsx";
import { useLoaded } from "./use-loaded.ts";
import { useSectionInView } from "../../components/use-section-in-view.ts";
import { AnnotatorsSection } from "./watching/annotators-section.tsx";
import { PaceTable } from "./watching/pace-table.tsx";
import { withBase } from "../../base-path.ts";

const EVERY_MS = 5000;
/** Of a study that has been opened: what changes by the day first, and what is settled last. */
const SECTIONS = [
  "progress",
  "quality",
  "people",
  "annotators",
  "results",
  "judges",
  "preview",
  "amend",
  "blinding",
  "material",
  "protocol",
  "team",
] as const;

interface StudyPageProps {
  name: string;
  section: string | null;
  signedOut: () => void;
}

/** What the page shows of a study: all of it, or what concerns annotators to who may see no more. */
type Shown = { readonly all: StudyDetail; readonly session: SessionView } | { readonly people: StudyPeople };

async function shownOf(name: string): Promise<Shown> {
  const session = await accountApi.session(name);
  if (session.rights.includes("people") && !session.rights.includes("results"))
    return { people: await ownerApi.studyPeople(name) };
  return { all: await ownerApi.study(name), session };
}

/** One study, in sections that follow the work. */
export function StudyPage(given: StudyPageProps) {
  const { name, signedOut } = given;
  const { value: shown, refused, set } = useLoaded(() => shownOf(name), EVERY_MS);
  const study = shown === null ? null : "all" in shown ? shown.all : shown.people;
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
      {shown && "people" in shown && <StudyForPeople study={shown.people} />}
      {shown && "all" in shown && (
        <Study
          study={shown.all}
          rights={shown.session.rights}
          changed={(all) => set({ all, session: shown.session })}
          openPreview={given.section === "preview"}
        />
      )}
    </main>
  );
}

interface StudyParts {
  study: StudyDetail;
  rights: SessionView["rights"];
  changed: (study: StudyDetail) => void;
  openPreview: boolean;
}

const Heading = ({ study, children }: { study: StudySummary; children?: ComponentChildren }) => (
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
    {children}
  </header>
);

const Contents = ({ sections }: { sections: readonly (keyof typeof words.sections)[] }) => (
  <nav aria-label={words.sectionsOf}>
    {sections.map((section) => (
      <a key={section} href={`#${section}`}>
        {words.sections[section]}
      </a>
    ))}
  </nav>
);

/** A study for a coordinator: its annotators and their work, and the pairs as annotators see them. */
function StudyForPeople({ study }: { study: StudyPeople }) {
  const sections = (["people", "annotators", "progress", "quality", "preview"] as const).filter(
    (section) => section !== "quality" || hasQuality(study),
  );
  return (
    <>
      <Heading study={study} />
      <Contents sections={sections} />
      <PeopleSection study={study} canEdit={false} />
      <AnnotatorsSection study={study.name} />
      <Section name="progress">
        <PaceTable study={study.name} />
      </Section>
      {hasQuality(study) && <QualitySection study={study} />}
      <PreviewSection study={study} open={false} />
    </>
  );
}

/** A study for who may see its results; what changes it is shown to who may change it. */
function Study({ study, rights, changed, openPreview }: StudyParts) {
  const mayEdit = rights.includes("edit");
  const isSetUp = study.state === "draft" && mayEdit;
  return (
    <>
      <Heading study={study}>
        {mayEdit && !isSetUp && <StateMoves study={study} changed={changed} />}
        {mayEdit && <StudyNames study={study} changed={changed} />}
      </Heading>
      {isSetUp ? (
        <Setup study={study} changed={changed} openPreview={openPreview} />
      ) : (
        <Sections {...{ study, rights, changed, openPreview }} />
      )}
      {isSetUp && rights.includes("manage") && <TeamSection study={study.name} />}
    </>
  );
}

/** The sections of a study that has been opened, or of a draft for who may not change it. */
function Sections({ study, rights, changed, openPreview }: StudyParts) {
  const may = (right: Right) => rights.includes(right);
  const shown: Partial<Record<(typeof SECTIONS)[number], boolean>> = {
    amend: study.protocolHash !== null,
    blinding: isAuditable(study),
    people: may("people"),
    annotators: may("people") && study.groups.length > 0,
    quality: may("people") && hasQuality(study),
    team: may("manage"),
  };
  const edit = may("edit") ? { changed } : {};
  return (
    <>
      <Contents sections={SECTIONS.filter((section) => shown[section] ?? true)} />
      <ProgressSection study={study} />
      {shown.quality && <QualitySection study={study} />}
      {shown.people && <PeopleSection study={study} canEdit={may("edit")} />}
      {shown.annotators && <AnnotatorsSection study={study.name} canEdit={may("edit")} />}
      <ResultsSection study={study} canShare={may("manage")} />
      <JudgesSection study={study} canStart={may("edit")} />
      <PreviewSection study={study} open={openPreview} />
      {shown.amend && <AmendSection study={study} {...edit} />}
      {shown.blinding && <BlindingSection study={study} canDecide={may("edit")} />}
      <MaterialSection study={study} {...edit} />
      <ProtocolSection study={study} {...edit} />
      {shown.team && <TeamSection study={study.name} />}
    </>
  );
}
