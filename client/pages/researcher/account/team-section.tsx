import { useState } from "preact/hooks";
import { words } from "../../../words/dashboard.ts";
import { Section } from "../section.tsx";
import { MemberList } from "./member-list.tsx";

const text = words.account.members;

/** Who works on one study, fetched when somebody looks. */
export function TeamSection({ study }: { study: string }) {
  const [open, setOpen] = useState(false);
  return (
    <Section name="team">
      <p>{text.teamHow}</p>
      <details class="more" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{text.teamShow}</summary>
        {open && <MemberList study={study} />}
      </details>
    </Section>
  );
}
