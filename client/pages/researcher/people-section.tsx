import type { StudyDetail } from "../../../server/contract/studies.ts";
import { desk as words } from "../../words/en/desk.ts";
import { InviteLinks } from "./invite-links.tsx";
import { Section } from "./section.tsx";

const text = words.people;

/** Who judges, group by group, and the links that let them in. */
export function PeopleSection({ study }: { study: StudyDetail }) {
  if (study.groups.length === 0) {
    return (
      <Section name="people">
        <p>{text.afterOpening}</p>
        <ul>
          {study.protocol.groups.map((group) => (
            <li key={group.name}>
              <bdi>{group.name}</bdi>
            </li>
          ))}
        </ul>
      </Section>
    );
  }
  return (
    <Section name="people">
      {study.groups.map((group) => (
        <Group key={group.name} study={study} group={group} />
      ))}
    </Section>
  );
}

function Group({ study, group }: { study: StudyDetail; group: StudyDetail["groups"][number] }) {
  const isModel = group.kind === "model";
  const isHandedOut = study.protocol.groups.some((one) => one.name === group.name);
  const why = isModel ? text.model : text.loadedOnly;
  return (
    <div class="group">
      <h3>
        <bdi>{group.name}</bdi>
      </h3>
      <p class="quiet">
        {words.protocol.kinds[group.kind]}, {text.summary(group.annotators, group.judged)}
        {!group.headline && !isModel && `, ${text.outside}`}
      </p>
      {!isModel && isHandedOut ? <InviteLinks study={study.name} group={group} /> : <p>{why}</p>}
    </div>
  );
}
