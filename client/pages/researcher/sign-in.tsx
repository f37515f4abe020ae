import { useState } from "preact/hooks";
import { words } from "../../words/dashboard.ts";
import { accountApi } from "./account/account-api.ts";
import { CommandLine } from "./command-line.tsx";
import { Failure } from "./failure.tsx";
import { Field } from "./field.tsx";
import { useAction } from "./use-action.ts";

/** How to sign in: with a password, or by the link that the command prints. */
export function SignIn({ linkNotValid, signedIn }: { linkNotValid: boolean; signedIn: () => void }) {
  return (
    <main class="dashboard sign-in">
      <h1>{words.signIn.title}</h1>
      <PasswordForm signedIn={signedIn} />
      <h2>{words.account.orLink}</h2>
      <p role={linkNotValid ? "alert" : undefined}>
        {linkNotValid ? words.signIn.linkNotValid : words.signIn.how}
      </p>
      <CommandLine command={words.signIn.command} />
      <p>{words.signIn.then}</p>
    </main>
  );
}

function PasswordForm({ signedIn }: { signedIn: () => void }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const { working, refused, run } = useAction();
  const enter = (event: Event) => {
    event.preventDefault();
    run(async () => {
      await accountApi.signIn({ email, password });
      signedIn();
    });
  };
  return (
    <form class="settings-form" onSubmit={enter}>
      <div class="fields">
        <Field
          label={words.account.email}
          type="email"
          value={email}
          onText={setEmail}
          autocomplete="username"
          required
        />
        <Field
          label={words.account.password}
          type="password"
          value={password}
          onText={setPassword}
          autocomplete="current-password"
          required
        />
      </div>
      <Failure refused={refused} />
      <p>
        <button type="submit" class="primary" disabled={working}>
          {working ? words.account.working : words.account.signIn}
        </button>
      </p>
    </form>
  );
}
