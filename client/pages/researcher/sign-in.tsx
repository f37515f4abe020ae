import { words } from "../../words/dashboard.ts";
import { CommandLine } from "./command-line.tsx";

/** How to sign in: there is no password, only the link that the command prints. */
export function SignIn({ linkNotValid }: { linkNotValid: boolean }) {
  return (
    <main class="dashboard sign-in">
      <h1>{words.signIn.title}</h1>
      <p role={linkNotValid ? "alert" : undefined}>
        {linkNotValid ? words.signIn.linkNotValid : words.signIn.how}
      </p>
      <CommandLine command={words.signIn.command} />
      <p>{words.signIn.then}</p>
    </main>
  );
}
