import { useState } from "preact/hooks";
import type { AmendmentPlan } from "../../../../server/contract/amendment-plan.ts";
import type { LoadReport, Remark } from "../../../../server/contract/loading.ts";
import type { Uploads } from "../../../../server/contract/uploads.ts";
import { words } from "../../../words/dashboard.ts";
import { Field } from "../field.tsx";
import { countOf, RemarkList } from "../load-entry.tsx";
import { asOnPage } from "./as-on-page.ts";
import { isUnclear } from "./alike-files.ts";

const text = words.setup.check;

interface CheckResultProps {
  study: string;
  uploads: Uploads;
  /** Whether files are on their way, or something is being changed. */
  isBusy: boolean;
  skipBad: boolean;
  setSkipBad: (on: boolean) => void;
  /** @param reason why an opened study gets more to judge; undefined: it needs none */
  start: (what: "check" | "load", reason?: string) => void;
}

/** What loading all files would do, and the button that does it. */
export function CheckResult({ study, uploads, isBusy, skipBad, setSkipBad, start }: CheckResultProps) {
  const [reason, setReason] = useState("");
  const { run, files } = uploads;
  const used = files.filter(({ leftOut, settings }) => leftOut === null && settings.isUsed !== false);
  if (used.length === 0) return <p>{text.nothing}</p>;
  const isRunning = run?.state === "running";
  const report = run?.isCurrent ? run.report : null;
  const faulty = report ? fewFaulty(report) : 0;
  const isReady = run?.isCurrent === true && run.state === "done" && run.report?.done === true;
  const amendment = isReady ? report?.amendment : undefined;
  return (
    <div class="check">
      <h3>{text.title}</h3>
      <div role="status">
        {isRunning && <p>{run.what === "load" ? text.loading : text.running}</p>}
        {isRunning && run.at && (
          <p class="quiet">
            <bdi>{text.at(run.at.file, run.at.rows)}</bdi>
          </p>
        )}
        {run?.state === "failed" && run.message !== null && (
          <p class="failure">
            {text.failed} {asOnPage(run.message)}
          </p>
        )}
        {report && <p>{report.done ? newIn(report) : text.refused}</p>}
        {report && !report.dryRun && !report.done && <p class="failure">{text.loadRefused}</p>}
      </div>
      {report && <Report report={withoutUnclear(report, files)} />}
      {amendment && <Amended {...{ study, amendment, reason, setReason }} />}
      {(faulty > 0 || skipBad) && (
        <label class="check-line">
          <input
            type="checkbox"
            checked={skipBad}
            onChange={(event) => setSkipBad(event.currentTarget.checked)}
          />
          {text.skipBad(faulty)}
        </label>
      )}
      <p class="buttons">
        <button
          type="button"
          class="primary"
          disabled={isBusy || isRunning || !isReady || (amendment !== undefined && reason.trim() === "")}
          onClick={() => start("load", amendment && reason)}
        >
          {text.load(used.length)}
        </button>
        {!isRunning && !isReady && (
          <button type="button" disabled={isBusy} onClick={() => start("check")}>
            {text.again}
          </button>
        )}
      </p>
    </div>
  );
}

interface AmendedProps {
  study: string;
  amendment: AmendmentPlan;
  reason: string;
  setReason: (reason: string) => void;
}

/** What follows in a study that was opened, and the reason that this needs. */
const Amended = ({ study, amendment, reason, setReason }: AmendedProps) => (
  <div role="group" aria-labelledby="material-plan">
    <h4 id="material-plan">{words.amend.planned(amendment.revision)}</h4>
    <ul>
      {[...amendment.changes.map(words.amend.change), ...words.amend.follows(amendment, study)].map(
        (line) => (
          <li key={line}>{line}</li>
        ),
      )}
    </ul>
    <Field label={words.amend.reason} value={reason} onText={setReason} maxLength={2000} required />
  </div>
);

/** Leaving rows out can spoil a study, so that it is offered only where few are faulty. */
const FEW = 0.05;

/** How many rows are faulty, where they are few; else 0. */
function fewFaulty({ errors, files }: LoadReport): number {
  const isByRow = errors.listed.every(({ line }) => line > 0);
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  const faulty = countOf(errors);
  return isByRow && faulty <= FEW * rows ? faulty : 0;
}

/** Of files whose columns are not clear, their own rows ask already. */
function withoutUnclear(report: LoadReport, files: Uploads["files"]): LoadReport {
  const unclear = new Set(files.filter(isUnclear).map(({ name }) => name));
  const listed = report.errors.listed.filter(({ file }) => !unclear.has(file));
  return { ...report, errors: { ...report.errors, listed } };
}

function newIn({ files }: LoadReport): string {
  const sum = (kind: "prompts" | "responses" | "judgments") =>
    files.reduce((all, file) => all + file[kind].new, 0);
  return text.would(sum("prompts"), sum("responses"), sum("judgments"));
}

function Report({ report }: { report: LoadReport }) {
  const kept = [...new Set(report.files.flatMap((file) => file.kept))];
  return (
    <>
      {kept.length > 0 && (
        <p class="quiet">
          <bdi>{text.kept(kept)}</bdi>
        </p>
      )}
      <Causes heading={words.material.errors} remarks={report.errors} />
      <Causes heading={words.material.warnings} remarks={report.warnings} />
      {report.done && report.shown.length > 0 && <Shown shown={report.shown} />}
    </>
  );
}

/** Each cause once, with how often and where first; all of them behind it. */
function Causes({ heading, remarks }: { heading: (count: number) => string; remarks: LoadReport["errors"] }) {
  const causes = new Map<string, Remark[]>();
  for (const { message, ...rest } of remarks.listed) {
    const remark = { ...rest, message: asOnPage(message) };
    causes.set(remark.name, [...(causes.get(remark.name) ?? []), remark]);
  }
  if (causes.size === 0) return null;
  return (
    <>
      <h4>{heading(countOf(remarks))}</h4>
      {[...causes].map(([name, all]) => (
        <Cause key={name} all={all} heading={heading} />
      ))}
      {remarks.more > 0 && <p class="quiet">{words.material.more(remarks.more)}</p>}
    </>
  );
}

function Cause({ all, heading }: { all: readonly Remark[]; heading: (count: number) => string }) {
  const [first, ...others] = all;
  if (!first) return null;
  if (others.length === 0) return <RemarkList remarks={[first]} />;
  const files = new Set(all.map(({ file }) => file)).size;
  return (
    <>
      <RemarkList remarks={[first]} />
      <details class="more">
        <summary>{text.alike(heading(all.reduce((sum, { rows }) => sum + rows, 0)), files)}</summary>
        <RemarkList remarks={others} />
      </details>
    </>
  );
}

/** Two prompts with their answers, so that a column taken for the wrong thing shows. */
function Shown({ shown }: { shown: LoadReport["shown"] }) {
  return (
    <>
      <h4>{text.shown}</h4>
      {shown.map(({ prompt, answers }, at) => (
        <div key={at} class="shown-pair">
          <p class="asked" dir="auto">
            {prompt ?? text.noPrompt}
          </p>
          {answers.map(({ system, text: answer }) => (
            <p key={system} dir="auto">
              {answer}{" "}
              <span class="aside">
                <bdi>{system}</bdi>
              </span>
            </p>
          ))}
        </div>
      ))}
    </>
  );
}
