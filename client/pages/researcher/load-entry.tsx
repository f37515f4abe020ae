import { useState } from "preact/hooks";
import type { FileReport, LoadReport, Remark } from "../../../server/contract/loading.ts";
import type { StudyDetail } from "../../../server/contract/studies.ts";
import { words } from "../../words/dashboard.ts";
import { CommandLine } from "./command-line.tsx";

type Load = StudyDetail["loads"][number];

/** One load: a line that says how it went, and its whole report behind it. */
export function LoadEntry({ study, load, isOpen }: { study: string; load: Load; isOpen: boolean }) {
  const text = words.material;
  const { report } = load;
  const errors = report ? countOf(report.errors) : 0;
  const warnings = report ? countOf(report.warnings) : 0;
  const rows = report ? filesOf(load, report).reduce((sum, file) => sum + file.rows, 0) : null;
  return (
    <li>
      <details open={isOpen}>
        <summary>
          <span class="file">
            <bdi>{load.file}</bdi>
          </span>
          <span class={`load-state ${load.state}`}>{text.loadStates[load.state]}</span>
          {rows !== null && <span class="quiet">{text.rows(rows)}</span>}
          {errors > 0 && <span class="has-errors">{text.errors(errors)}</span>}
          {warnings > 0 && <span class="has-warnings">{text.warnings(warnings)}</span>}
          <time class="quiet" dateTime={load.at}>
            {words.time(load.at)}
          </time>
        </summary>
        {report ? <LoadingReport load={load} report={report} /> : <p class="quiet">{text.noReport}</p>}
        {load.by !== null && <p class="quiet">{text.loadedBy(load.number, load.by)}</p>}
        {load.state === "published" && (
          <>
            <p class="quiet">{text.takeBack}</p>
            <CommandLine command={text.unload(study, load.number)} />
          </>
        )}
      </details>
    </li>
  );
}

/** Of how many rows something is said. */
export const countOf = ({ listed, more }: LoadReport["errors"]): number =>
  listed.reduce((sum, remark) => sum + remark.rows, more);

/** A report can tell of several files of one call; each load shows its own. */
function filesOf(load: Load, report: LoadReport): FileReport[] {
  const own = report.files.filter((file) => file.file === load.file);
  return own.length > 0 ? own : report.files;
}

function LoadingReport({ load, report }: { load: Load; report: LoadReport }) {
  const text = words.material;
  return (
    <div class="loading-report">
      {load.state === "failed" && <p>{text.refused}</p>}
      {filesOf(load, report).map((file) => (
        <FileCounts key={file.file} file={file} />
      ))}
      <Remarks heading={text.errors} remarks={report.errors} />
      <Remarks heading={text.warnings} remarks={report.warnings} />
    </div>
  );
}

const KINDS = ["prompts", "responses", "judgments"] as const;

function FileCounts({ file }: { file: FileReport }) {
  const text = words.material;
  const kinds = KINDS.filter((kind) => file[kind].read > 0);
  const aside = [
    ...(file.format === null ? [] : [text.format(file.format)]),
    ...(file.repeats > 0 ? [text.repeats(file.repeats)] : []),
    ...(file.leftOut > 0 ? [text.leftOut(file.leftOut)] : []),
  ];
  return (
    <>
      {aside.length > 0 && <p class="quiet">{aside.join(", ")}</p>}
      {file.verdicts && (
        <p>
          <bdi>{text.chosen(file.verdicts)}</bdi>. {text.sides(file.verdicts)}.
        </p>
      )}
      {file.kept.length > 0 && (
        <p class="quiet">
          <bdi>{text.kept(file.kept)}</bdi>
        </p>
      )}
      {kinds.length > 0 && (
        <table>
          <thead>
            <tr>
              <td />
              {[text.read, text.fresh, text.unchanged].map((heading) => (
                <th key={heading} scope="col" class="number">
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {kinds.map((kind) => (
              <tr key={kind}>
                <th scope="row">{text.kinds[kind]}</th>
                <td class="number">{words.number(file[kind].read)}</td>
                <td class="number">{words.number(file[kind].new)}</td>
                <td class="number">{words.number(file[kind].unchanged)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

/** So many remarks stand open; a file can have a hundred with the same fault. */
const OPEN = 5;

function Remarks({
  heading,
  remarks,
}: {
  heading: (count: number) => string;
  remarks: LoadReport["errors"];
}) {
  const [all, setAll] = useState(false);
  const count = countOf(remarks);
  if (count === 0) return null;
  const isShort = !all && remarks.listed.length > OPEN;
  return (
    <>
      <h4>{heading(count)}</h4>
      <RemarkList remarks={isShort ? remarks.listed.slice(0, OPEN) : remarks.listed} />
      {!isShort && remarks.more > 0 && <p class="quiet">{words.material.more(remarks.more)}</p>}
      {isShort && (
        <p>
          <button type="button" onClick={() => setAll(true)}>
            {words.material.showAll(heading(remarks.listed.length))}
          </button>
        </p>
      )}
    </>
  );
}

/** Remarks with their places; the same said of many rows is one. */
export function RemarkList({ remarks }: { remarks: readonly Remark[] }) {
  return (
    <ul class="remarks">
      {remarks.map((remark, index) => (
        <li key={index}>
          {remark.rows > 1 && <span class="quiet">{words.material.sameRows(remark.rows)} </span>}
          <span class="where">{whereOf(remark)}</span> <span dir="auto">{remark.message}</span>
        </li>
      ))}
    </ul>
  );
}

/** The rows of a JSON list are counted, whatever lines they are written on; in other files a line is a line. */
function whereOf({ file, line }: Remark) {
  const { wholeFile, ...places } = words.material;
  const placeWords = /\.json$/i.test(file) ? places.row : places.line;
  return (
    <>
      <bdi>{file}</bdi>, {line === 0 ? wholeFile : placeWords(line)}
    </>
  );
}
