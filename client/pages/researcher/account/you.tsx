import { useState } from "preact/hooks";
import type { SessionView } from "../../../../server/contract/accounts.ts";
import { words } from "../../../words/dashboard.ts";
import { ActionForm } from "../action-form.tsx";
import { accountApi } from "./account-api.ts";
import { useLoaded } from "../use-loaded.ts";
import { EmailField, NameField, NewPassword, OldPassword } from "./account-fields.tsx";
import { openIdApi } from "./openid-api.ts";
import { OwnWays } from "./own-ways.tsx";
import { ProviderButton } from "./provider-button.tsx";

const text = words.account;
const EVERY_MS = 60_000;

/** Who is signed in: makes an account for who came by an owner link; the others see how they sign in, and change it. */
export function You({ session, changed }: { session: SessionView; changed: () => void }) {
  const { name, email } = session;
  const [made, setMade] = useState(false);
  const { value: ways, set: setWays } = useLoaded(openIdApi.own, EVERY_MS);
  const provider = ways?.openId?.name ?? null;
  if (email === null) {
    const onMade = () => {
      setMade(true);
      changed();
    };
    return (
      <>
        <p>{text.you.byLink}</p>
        <p>{text.you.makeHow}</p>
        {provider !== null && (
          <>
            <ProviderButton label={words.openId.makeWith(provider)} begin={() => openIdApi.connect({})} />
            <h3>{words.openId.withPassword}</h3>
          </>
        )}
        <NewAccount onMade={onMade} />
      </>
    );
  }
  return (
    <>
      <p>{text.you.signedInAs(name, email)}</p>
      {made && <p role="status">{text.you.made}</p>}
      {ways?.hasPassword !== false && (
        <details class="more">
          <summary>{text.you.change}</summary>
          <PasswordForm />
        </details>
      )}
      {ways && <OwnWays ways={ways} changed={setWays} />}
    </>
  );
}

function NewAccount({ onMade }: { onMade: () => void }) {
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const make = async () => {
    await accountApi.create({ name, email, password });
    onMade();
  };
  return (
    <ActionForm action={make} label={text.you.make} isPrimary>
      <div class="fields">
        <NameField value={name} onText={setName} />
        <EmailField value={email} onText={setEmail} />
        <NewPassword value={password} onText={setPassword} />
      </div>
    </ActionForm>
  );
}

function PasswordForm() {
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const [done, setDone] = useState(false);
  const change = async () => {
    setDone(false);
    await accountApi.changePassword({ current, password });
    setCurrent("");
    setPassword("");
    setDone(true);
  };
  return (
    <ActionForm action={change} label={text.you.change}>
      <div class="fields">
        <OldPassword label={text.currentPassword} value={current} onText={setCurrent} />
        <NewPassword value={password} onText={setPassword} />
      </div>
      <p role="status">{done && text.you.changed}</p>
    </ActionForm>
  );
}
