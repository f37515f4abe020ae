import type { Report } from "../../../../server/contract/report.ts";
import type { Judge, Judges } from "../../../../server/contract/report-judges.ts";
import { judges as says } from "../../../words/en/results-judges.ts";
import type { BlockProps } from "../block-section.tsx";
import { leadsFrom } from "../judged/leads.ts";
import type { Shown } from "../report-view.ts";
import { TableView } from "../table-view.tsx";
import { useChoice } from "../use-choice.ts";
import { BesidePeople } from "./judge-beside.tsx";
import { checksTable, findingsOf, glanceTable, judgeName } from "./judge-checks.ts";
import { callsTable, juryTable, othersTable, versionsTable } from "./judge-tables.ts";

/** Models as annotators: all of them at a glance, one of them beside people, juries, and what it all took. */
export function JudgesBlock({ block, report, shown }: BlockProps<"judges">) {
  const judges = listed(block.judges, shown);
  const names = judges.map((judge) => judgeName(judge, block.judges));
  const [chosen, choose] = useChoice("model", names);
  const judge = judges[names.indexOf(chosen ?? "")];
  if (judge === undefined || chosen === undefined) return <p>{says.none}</p>;
  const { study } = report;
  const both = judges.some(({ bothOrders }) => bothOrders > 0);
  return (
    <>
      <p class="means">
        {says.means} {both && says.rules[block.orderRule]}
      </p>
      {judges.length > 1 && <TableView table={glanceTable(judges, block.judges)} study={study} />}
      {judges.length > 1 && <Choice names={names} chosen={chosen} choose={choose} />}
      <OneJudge judge={judge} name={chosen} report={report} />
      {juriesOf(block, judges).map((jury) => (
        <Jury key={jury.group} jury={jury} study={study} />
      ))}
      <Calls judges={judges} all={block.judges} study={study} />
    </>
  );
}

/** Where one group of models is asked for, its models; else all. */
function listed(judges: Judge[], shown: Shown): Judge[] {
  if (typeof shown !== "object" || !("group" in shown)) return judges;
  const own = judges.filter(({ group }) => group === shown.group);
  return own.length > 0 ? own : judges;
}

const juriesOf = ({ juries }: Judges, judges: Judge[]) =>
  juries.filter(({ group }) => judges.some((judge) => judge.group === group));

interface ChoiceProps {
  names: string[];
  chosen: string;
  choose: (next: string) => void;
}

function Choice({ names, chosen, choose }: ChoiceProps) {
  return (
    <p class="choices">
      <span class="choice">
        <label for="judges-model">{says.choose}</label>{" "}
        <select id="judges-model" value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
          {names.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </span>
    </p>
  );
}

function OneJudge({ judge, name, report }: { judge: Judge; name: string; report: Report }) {
  const { study } = report;
  return (
    <>
      <h3>
        <bdi>{name}</bdi>
      </h3>
      <ul class="plain-list">
        {findingsOf(judge).map(({ text, flagged }) => (
          <li key={text}>{flagged ? <strong>{text}</strong> : text}</li>
        ))}
      </ul>
      <TableView table={checksTable(judge, name)} study={study} />
      <h3>{says.beside(name)}</h3>
      <BesidePeople
        leads={leadsFrom(report)}
        group={judge.group}
        beside={judge.besidePeople}
        name={name}
        study={study}
      />
    </>
  );
}

function Jury({ jury, study }: { jury: Judges["juries"][number]; study: string }) {
  return (
    <>
      <h3>{says.jury(jury.group)}</h3>
      <p class="means">{says.juryMeans(jury.judges)}</p>
      <TableView table={othersTable(jury)} study={study} />
      {jury.pairs.length > 0 && <TableView table={juryTable(jury)} study={study} />}
    </>
  );
}

function Calls({ judges, all, study }: { judges: Judge[]; all: Judge[]; study: string }) {
  const called = judges.filter(({ calls }) => calls !== null);
  return (
    <>
      <h3>{says.calls}</h3>
      {called.length > 0 && <TableView table={callsTable(called, all)} study={study} />}
      {called.length > 0 && (
        <dl class="asked">
          {called.map((judge) => (
            <div key={judgeName(judge, all)}>
              <dt>
                <bdi>{judgeName(judge, all)}</bdi>
              </dt>
              <dd>{detailsOf(judge)}</dd>
            </div>
          ))}
        </dl>
      )}
      {called.length < judges.length && <p class="means">{says.elsewhere}</p>}
      {called.map((judge) => (
        <Versions key={judgeName(judge, all)} judge={judge} name={judgeName(judge, all)} study={study} />
      ))}
    </>
  );
}

/** A judge behind which more than one model answered. */
function Versions({ judge, name, study }: { judge: Judge; name: string; study: string }) {
  const versions = judge.calls?.versions ?? [];
  if (versions.length < 2) return null;
  return (
    <>
      <p class="means">
        <strong>{says.versionsWarning(name, versions.length)}</strong> {says.versionsMean}
      </p>
      <TableView table={versionsTable(name, versions)} study={study} />
    </>
  );
}

/** What the calls of a judge were made with and came to, in sentences. */
export function detailsOf({ calls }: Judge): string {
  if (calls === null) return says.elsewhere;
  const { reportedModels, templates, temperatures, failures, flagged, sent = [], costAtMost = 0 } = calls;
  const refused = new Map(sent.map((one) => [one.temperature, one.temperatureRefused]));
  return [
    says.failures(failures),
    ...(flagged > 0 ? [says.injections(flagged)] : []),
    says.used(reportedModels),
    says.templates(templates),
    says.temperatures(temperatures, refused),
    ...(sent.length > 0 ? [says.forms(sent)] : []),
    ...(costAtMost > 0 ? [says.atMost(costAtMost)] : []),
  ].join(" ");
}
