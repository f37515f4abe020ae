import { useState } from "preact/hooks";
import { withBase } from "../../base-path.ts";
import { words } from "../../words/dashboard.ts";
import { accountApi } from "./account/account-api.ts";
import { EmailField, OldPassword } from "./account/account-fields.tsx";
import { openIdApi } from "./account/openid-api.ts";
import { ProviderButton, useProvider } from "./account/provider-button.tsx";
import { ActionForm } from "./action-form.tsx";
import { CommandLine } from "./command-line.tsx";

interface SignInProps {
  readonly linkNotValid?: boolean;
  /** Why signing in at the provider came to nothing. */
  readonly problem?: string | null;
  readonly signedIn: () => void;
}

/** How to sign in: at the server's provider if it has one, with a password, or by the link that the command prints. */
export function SignIn({ linkNotValid = false, problem = null, signedIn }: SignInProps) {
  const provider = useProvider();
  return (
    <main class="dashboard sign-in">
      <h1>{words.signIn.title}</h1>
      {problem !== null && <Problem problem={problem} name={provider ?? words.openId.theProvider} />}
      {provider !== null && (
        <>
          <ProviderButton label={words.openId.signInWith(provider)} begin={() => openIdApi.begin({})} />
          <h2>{words.openId.withPassword}</h2>
        </>
      )}
      <PasswordForm signedIn={signedIn} isPrimary={provider === null} />
      <h2>{words.account.orLink}</h2>
      <p role={linkNotValid ? "alert" : undefined}>
        {linkNotValid ? words.signIn.linkNotValid : words.signIn.how}
      </p>
      <CommandLine command={words.signIn.command} />
      <p>{words.signIn.then}</p>
    </main>
  );
}

function Problem({ problem, name }: { problem: string; name: string }) {
  const meaning = new Map(Object.entries(words.openId.problems(name))).get(problem);
  return (
    meaning !== undefined && (
      <>
        <p class="failure" role="alert">
          {meaning}
        </p>
        <p>
          <a href={withBase("/dashboard")}>{words.openId.toDashboard}</a>
        </p>
      </>
    )
  );
}

function PasswordForm({ signedIn, isPrimary }: { signedIn: () => void; isPrimary: boolean }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const enter = async () => {
    await accountApi.signIn({ email, password });
    signedIn();
  };
  return (
    <ActionForm action={enter} label={words.account.signIn} isPrimary={isPrimary}>
      <div class="fields">
        <EmailField value={email} onText={setEmail} />
        <OldPassword value={password} onText={setPassword} />
      </div>
    </ActionForm>
  );
}
