import type { Finding } from "../../../../server/contract/watching.ts";
import { words } from "../../../words/dashboard.ts";
import { studyAddress } from "../address.ts";
import { useLoaded } from "../use-loaded.ts";
import { watchingApi } from "./watching-api.ts";
import "./watching.css";

const text = words.watching.today;
const EVERY_MS = 60_000;

/** What is wrong in all studies, each with the way to where it is mended; nothing where nothing is known yet. */
export function TodaySection() {
  const { value } = useLoaded(watchingApi.today, EVERY_MS);
  if (value === null) return null;
  const { findings } = value;
  if (findings.length === 0) return <p class="today quiet">{text.nothing}</p>;
  return (
    <section class="today" aria-labelledby="today-heading">
      <h2 id="today-heading">{text.title}</h2>
      <ul class="looks">
        {findings.map((one) => (
          <li key={`${one.kind} ${one.study ?? ""} ${one.group ?? ""}`}>
            <Line finding={one} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Line({ finding }: { finding: Finding }) {
  const { kind, study, since } = finding;
  const { says, next } = text.findings[kind];
  const section = text.sections[kind];
  return (
    <>
      <p>
        {study !== null && (
          <>
            <strong>
              <bdi>{study}</bdi>
            </strong>
            {": "}
          </>
        )}
        {says(finding)}
        {since !== null && <span class="aside">{text.since(words.time(since))}</span>}
      </p>
      <p>
        {study === null || section === null ? (
          next
        ) : (
          <a href={`${studyAddress(study)}?show=${section}`}>{next}</a>
        )}
      </p>
    </>
  );
}
