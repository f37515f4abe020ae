import type { StudyPeople } from "../../../server/contract/study-people.ts";
import { words } from "../../words/dashboard.ts";
import { EntrySettings } from "./entry-settings.tsx";
import { Departures } from "./departures.tsx";
import { InviteLinks } from "./invite-links.tsx";
import { IssuedLinks } from "./issued-links.tsx";
import { Messages } from "./messages.tsx";
import { PlatformSettings } from "./platform/platform-settings.tsx";
import { Section } from "./section.tsx";

const text = words.people;

/** What this shows of a study, whoever sees it. */
type StudyOfPeople = Pick<StudyPeople, "name" | "state" | "groups" | "protocol" | "progress">;

/** Who judges, group by group, and the links that let them in. */
export function PeopleSection({ study, canEdit = true }: { study: StudyOfPeople; canEdit?: boolean }) {
  if (study.groups.length === 0) {
    return (
      <Section name="people">
        <p>
          {text.afterOpening} {text.groupsThen}
        </p>
        <ul>
          {study.protocol.groups.map((group) => (
            <li key={group.name}>
              <bdi>{group.name}</bdi>
            </li>
          ))}
        </ul>
        <EntrySettings study={study.name} canSet={canEdit} />
      </Section>
    );
  }
  return (
    <Section name="people">
      {study.groups.map((group) => (
        <Group key={group.name} study={study} group={group} />
      ))}
      <EntrySettings study={study.name} canSet={canEdit && study.state !== "closed"} />
      <Departures study={study.name} />
      {(study.protocol.messages ?? study.protocol.guess) && <Messages study={study.name} />}
    </Section>
  );
}

function Group({ study, group }: { study: StudyOfPeople; group: StudyPeople["groups"][number] }) {
  const isModel = group.kind === "model";
  const why = whyNoLinks(study, group);
  return (
    <div class="group">
      <h3>
        <bdi>{group.name}</bdi>
      </h3>
      <p class="quiet">
        {words.protocol.kinds[group.kind]}, {text.summary(group)}
        {!group.headline && !isModel && `, ${text.outside}`}
      </p>
      {why === null ? <InviteLinks study={study.name} group={group} /> : <p>{why}</p>}
      {(why === null || study.state === "closed") && !isModel && (
        <PlatformSettings study={study.name} group={group.name} canSet={why === null} />
      )}
      {!isModel && <IssuedLinks study={study.name} group={group.name} />}
    </div>
  );
}

/** Why nobody can be invited to a group; null: people can. */
function whyNoLinks(
  { state, protocol, progress }: StudyOfPeople,
  { name, kind }: { name: string; kind: string },
) {
  if (kind === "model") return text.model;
  if (!protocol.groups.some((group) => group.name === name)) return text.loadedOnly;
  if (state === "draft") return text.afterOpening;
  if (state === "closed") return text.closed;
  return progress.some((entry) => entry.group === name && entry.wanted > 0) ? null : text.nothingWanted;
}
