import { useEffect, useState } from "preact/hooks";
import { words } from "../../words/dashboard.ts";
import { AccountPage } from "./account/account-page.tsx";
import { InvitationPage } from "./account/invitation-page.tsx";
import { accountAddress, addressOf } from "./address.ts";
import { ownerApi, Refused } from "./owner-api.ts";
import { SignIn } from "./sign-in.tsx";
import { StudyList } from "./study-list.tsx";
import { StudyPage } from "./study-page.tsx";
import { withBase } from "../../base-path.ts";

type Session = "signing in" | "unknown" | "signed out" | "link not valid";

/** The dashboard, or the page of an invitation or of signing in. @param token of an owner link or an invitation */
export function DashboardPage({ token }: { token: string | null }) {
  const address = useAddress();
  if (address.page === "sign-in")
    return <SignIn problem={address.problem} signedIn={() => location.replace(withBase("/dashboard"))} />;
  return address.page === "invitation" ? (
    <InvitationPage token={token} />
  ) : (
    <SignedInPage token={token} address={address} />
  );
}

interface SignedInProps {
  token: string | null;
  address: ReturnType<typeof addressOf>;
}

/** Signs in with the token of an owner link, if there is one, then shows the list, one study, or one's account. */
function SignedInPage({ token, address }: SignedInProps) {
  const [session, setSession] = useState<Session>(token === null ? "unknown" : "signing in");
  useEffect(() => {
    if (token === null) return;
    ownerApi.signIn(token).then(
      () => setSession("unknown"),
      (error: unknown) => {
        const final = error instanceof Refused && error.status >= 400 && error.status < 500;
        setSession(final ? "link not valid" : "unknown");
      },
    );
  }, [token]);
  const signedOut = () => setSession("signed out");
  const signOut = () => {
    ownerApi.signOut().then(signedOut, signedOut);
  };
  if (session === "signing in") {
    return (
      <main class="dashboard">
        <p role="status">{words.signIn.working}</p>
      </main>
    );
  }
  if (session !== "unknown")
    return <SignIn linkNotValid={session === "link not valid"} signedIn={() => setSession("unknown")} />;
  return (
    <>
      <header class="dashboard-top">
        <a class="brand" href={withBase("/dashboard")}>
          {words.brand}
        </a>
        <span class="row">
          <a href={accountAddress()}>{words.account.link}</a>
          <button type="button" class="plain" onClick={signOut}>
            {words.signOut}
          </button>
        </span>
      </header>
      {address.page !== null && <AccountPage signedOut={signedOut} />}
      {address.page === null && address.study === null && <StudyList signedOut={signedOut} />}
      {address.study !== null && (
        <StudyPage key={address.study} name={address.study} section={address.section} signedOut={signedOut} />
      )}
    </>
  );
}

/** What the address asks for, as it changes. */
function useAddress() {
  const [address, setAddress] = useState(() => addressOf(location));
  useEffect(() => {
    const follow = () => setAddress(addressOf(location));
    window.addEventListener("popstate", follow);
    return () => window.removeEventListener("popstate", follow);
  }, []);
  return address;
}
