import { useState } from "preact/hooks";
import { words } from "../../words/dashboard.ts";
import { accountApi } from "./account/account-api.ts";
import { EmailField, OldPassword } from "./account/account-fields.tsx";
import { ActionForm } from "./action-form.tsx";
import { CommandLine } from "./command-line.tsx";

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
  const enter = async () => {
    await accountApi.signIn({ email, password });
    signedIn();
  };
  return (
    <ActionForm action={enter} label={words.account.signIn} isPrimary>
      <div class="fields">
        <EmailField value={email} onText={setEmail} />
        <OldPassword value={password} onText={setPassword} />
      </div>
    </ActionForm>
  );
}
