import { useState } from "preact/hooks";
import type { SessionView } from "../../../../server/contract/accounts.ts";
import { words } from "../../../words/dashboard.ts";
import { ActionForm } from "../action-form.tsx";
import { accountApi } from "./account-api.ts";
import { EmailField, NameField, NewPassword, OldPassword } from "./account-fields.tsx";

const text = words.account;

/** Who is signed in: makes an account for who came by an owner link, and changes the password of the others. */
export function You({ session, changed }: { session: SessionView; changed: () => void }) {
  const { name, email } = session;
  const [made, setMade] = useState(false);
  if (email === null) {
    const onMade = () => {
      setMade(true);
      changed();
    };
    return (
      <>
        <p>{text.you.byLink}</p>
        <p>{text.you.makeHow}</p>
        <NewAccount onMade={onMade} />
      </>
    );
  }
  return (
    <>
      <p>{text.you.signedInAs(name, email)}</p>
      {made && <p role="status">{text.you.made}</p>}
      <details class="more">
        <summary>{text.you.change}</summary>
        <PasswordForm />
      </details>
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
