import { useState } from "preact/hooks";
import type { SessionView } from "../../../../server/contract/accounts.ts";
import { words } from "../../../words/dashboard.ts";
import { Failure } from "../failure.tsx";
import { Field } from "../field.tsx";
import { useAction } from "../use-action.ts";
import { accountApi } from "./account-api.ts";

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
  const { working, refused, run } = useAction();
  const make = (event: Event) => {
    event.preventDefault();
    run(async () => {
      await accountApi.create({ name, email, password });
      onMade();
    });
  };
  return (
    <form class="settings-form" onSubmit={make}>
      <div class="fields">
        <Field label={text.name} value={name} onText={setName} autocomplete="name" required maxLength={100} />
        <Field
          label={text.email}
          type="email"
          value={email}
          onText={setEmail}
          autocomplete="username"
          required
        />
        <NewPassword value={password} onText={setPassword} />
      </div>
      <Failure refused={refused} />
      <button type="submit" class="primary" disabled={working}>
        {text.you.make}
      </button>
    </form>
  );
}

/** A field for a password that is new. */
export const NewPassword = ({ value, onText }: { value: string; onText: (text: string) => void }) => (
  <Field
    label={text.newPassword}
    means={text.passwordMeans}
    type="password"
    value={value}
    onText={onText}
    autocomplete="new-password"
    required
    minLength={12}
    maxLength={200}
  />
);

function PasswordForm() {
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const [done, setDone] = useState(false);
  const { working, refused, run } = useAction();
  const change = (event: Event) => {
    event.preventDefault();
    setDone(false);
    run(async () => {
      await accountApi.changePassword({ current, password });
      setCurrent("");
      setPassword("");
      setDone(true);
    });
  };
  return (
    <form class="settings-form" onSubmit={change}>
      <div class="fields">
        <Field
          label={text.currentPassword}
          type="password"
          value={current}
          onText={setCurrent}
          autocomplete="current-password"
          required
        />
        <NewPassword value={password} onText={setPassword} />
      </div>
      <Failure refused={refused} />
      <p role="status">{done && text.you.changed}</p>
      <button type="submit" disabled={working}>
        {text.you.change}
      </button>
    </form>
  );
}
