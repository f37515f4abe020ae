import "./setup.css";
import type { StudyDetail } from "../../../../server/contract/studies.ts";
import { words } from "../../../words/dashboard.ts";
import { BlindingSection, isAuditable } from "../blinding-section.tsx";
import { PeopleSection } from "../people-section.tsx";
import { PreviewSection } from "../preview-section.tsx";
import { ProtocolSection } from "../protocol-section.tsx";
import { Section } from "../section.tsx";
import { StateMoves } from "../state-moves.tsx";
import { FilesStep } from "./files-step.tsx";
import { JudgmentsStep } from "./judgments-step.tsx";
import { OpenFindings } from "./open-findings.tsx";
import { SystemsStep } from "./systems-step.tsx";
import { WordingForm } from "./wording-form.tsx";

interface StepProps {
  study: StudyDetail;
  changed: (study: StudyDetail) => void;
}

/** The steps from files to an open study, in the order of the work; each saves itself. */
const STEPS = [
  { name: "files", Step: FilesStep },
  { name: "systems", Step: SystemsStep },
  { name: "judgments", Step: JudgmentsStep },
  { name: "protocol", Step: ProtocolStep },
  { name: "blinding", Step: BlindingStep },
] as const;

function ProtocolStep({ study, changed }: StepProps) {
  return (
    <ProtocolSection study={study} changed={changed}>
      <WordingForm study={study} changed={changed} />
    </ProtocolSection>
  );
}

function BlindingStep({ study }: StepProps) {
  return <BlindingSection study={study} canDecide />;
}

/** A draft: the steps, what annotators will see, and opening. */
export function Setup({ study, changed, openPreview }: StepProps & { openPreview: boolean }) {
  const opened = (next: StudyDetail) => {
    changed(next);
    requestAnimationFrame(() => document.getElementById("people")?.scrollIntoView());
  };
  const steps = STEPS.filter(({ name }) => name !== "blinding" || isAuditable(study));
  return (
    <>
      <nav aria-label={words.sectionsOf}>
        {[...steps.map(({ name }) => name), ...(["preview", "people", "opening"] as const)].map((name) => (
          <a key={name} href={`#${name}`}>
            {words.sections[name]}
          </a>
        ))}
      </nav>
      {steps.map(({ name, Step }) => (
        <Step key={name} study={study} changed={changed} />
      ))}
      <PreviewSection
        key={`${study.prompts} ${study.systems} ${JSON.stringify(study.protocol.pairs)}`}
        study={study}
        open={openPreview || study.systems > 1}
      />
      <PeopleSection study={study} />
      <Section name="opening">
        {study.systems < 2 ? (
          <p>{words.setup.open.notYet}</p>
        ) : (
          <>
            <p>{words.setup.open.means}</p>
            {isAuditable(study) && <OpenFindings study={study.name} />}
            <StateMoves study={study} changed={opened} />
          </>
        )}
      </Section>
    </>
  );
}
