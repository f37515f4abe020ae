import { useEffect } from "preact/hooks";
import type { SessionView } from "../../../../server/contract/accounts.ts";
import { withBase } from "../../../base-path.ts";
import { words } from "../../../words/dashboard.ts";
import { Failure } from "../failure.tsx";
import { useLoaded } from "../use-loaded.ts";
import { accountApi } from "./account-api.ts";
import { AuditTable } from "./audit-table.tsx";
import { MemberList } from "./member-list.tsx";
import { SessionList } from "./session-list.tsx";
import { TokenList } from "./token-list.tsx";
import { You } from "./you.tsx";

const text = words.account;
const EVERY_MS = 60_000;

/** One's own account, sessions and tokens; for owners, members and the audit, too. */
export function AccountPage({ signedOut }: { signedOut: () => void }) {
  const { value: session, refused, again } = useLoaded(() => accountApi.session(), EVERY_MS);
  const isSignedOut = refused?.status === 401;
  useEffect(() => {
    document.title = text.tabTitle;
    if (isSignedOut) signedOut();
  }, [isSignedOut, signedOut]);
  return (
    <main class="dashboard">
      <p class="back">
        <a href={withBase("/dashboard")}>{words.toStudies}</a>
      </p>
      <h1>{text.link}</h1>
      {!isSignedOut && <Failure refused={refused} />}
      {session === null && !refused && <p role="status">{words.loading}</p>}
      {session && <Sections session={session} changed={again} />}
    </main>
  );
}

function Sections({ session, changed }: { session: SessionView; changed: () => void }) {
  const administers = session.rights.includes("administer");
  const names = [
    "you",
    "sessions",
    "tokens",
    ...(administers ? (["members", "audit"] as const) : []),
  ] as const;
  const section = {
    you: <You session={session} changed={changed} />,
    sessions: <SessionList />,
    tokens: <TokenList rights={session.rights} />,
    members: session.email === null ? <p>{text.members.needsAccount}</p> : <MemberList study={null} />,
    audit: <AuditTable />,
  };
  return (
    <>
      <nav aria-label={text.sectionsOf}>
        {names.map((name) => (
          <a key={name} href={`#${name}`}>
            {text.sections[name]}
          </a>
        ))}
      </nav>
      {names.map((name) => (
        <section key={name} id={name} aria-labelledby={`${name}-heading`}>
          <h2 id={`${name}-heading`}>{text.sections[name]}</h2>
          {section[name]}
        </section>
      ))}
    </>
  );
}
