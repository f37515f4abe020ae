import { useEffect, useState } from "preact/hooks";
import type { InvitationShown } from "../../../../server/contract/accounts.ts";
import { withBase } from "../../../base-path.ts";
import { words } from "../../../words/dashboard.ts";
import { ActionForm } from "../action-form.tsx";
import { Failure } from "../failure.tsx";
import { useAction } from "../use-action.ts";
import { accountApi } from "./account-api.ts";
import { EmailField, NameField, NewPassword } from "./account-fields.tsx";
import { openIdApi } from "./openid-api.ts";
import { ProviderButton, useProvider } from "./provider-button.tsx";

const text = words.account;

/**
 * What somebody who was invited sees: for what, and a form for their account.
 * @param given.token null where the address has none: it was cut, or left the address bar before the page was reloaded
 */
export function InvitationPage({ token }: { token: string | null }) {
  const [shown, setShown] = useState<InvitationShown | null>(null);
  const { refused, run } = useAction();
  useEffect(() => {
    document.title = text.tabTitle;
    if (token !== null) run(async () => setShown(await accountApi.invitation(token)));
  }, []);
  return (
    <main class="dashboard sign-in">
      <h1>{text.invitation.title}</h1>
      <Failure refused={refused} />
      {token === null && <p>{text.invitation.openAgain}</p>}
      {token !== null && shown === null && !refused && <p role="status">{text.invitation.working}</p>}
      {token !== null && shown && <Accept token={token} shown={shown} />}
    </main>
  );
}

function Accept({ token, shown }: { token: string; shown: InvitationShown }) {
  const [name, setName] = useState(shown.name);
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const isNew = shown.email === null;
  const accept = async () => {
    await accountApi.accept({ token, password, ...(isNew ? { name, email } : {}) });
    location.replace(withBase("/dashboard"));
  };
  const provider = useProvider();
  const typed = {
    ...(name !== shown.name && { name }),
    ...(email !== "" && { email }),
  };
  return (
    <>
      <p>{meaning(shown)}</p>
      {isNew && provider !== null && (
        <>
          <ProviderButton
            label={words.openId.acceptWith(provider)}
            begin={() => openIdApi.begin({ token, ...typed })}
          />
          <p class="quiet">{words.openId.noPasswordNeeded(provider)}</p>
          <h2>{words.openId.withPassword}</h2>
        </>
      )}
      <ActionForm
        action={accept}
        label={isNew ? text.invitation.accept : text.invitation.set}
        isPrimary={provider === null || !isNew}
      >
        {isNew && <p class="quiet">{text.invitation.already}</p>}
        <div class="fields">
          {isNew && (
            <>
              <NameField value={name} onText={setName} />
              <EmailField value={email} onText={setEmail} />
            </>
          )}
          <NewPassword value={password} onText={setPassword} />
        </div>
      </ActionForm>
    </>
  );
}

function meaning({ role, study, email }: InvitationShown): string {
  if (role === null) return text.invitation.password(email ?? "");
  const named = `${text.roles[role]} (${text.roleMeans[role]})`;
  return study === null ? text.invitation.asRole(named) : text.invitation.asRoleIn(named, study);
}
