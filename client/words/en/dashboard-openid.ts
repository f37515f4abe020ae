import type { OpenIdProblem } from "../../../server/contract/openid.ts";

/** The words about signing in at an OpenID provider, on the dashboard. `name` is the provider's, as the operator wrote it. */
export const openId = {
  signInWith: (name: string) => `Sign in with ${name}`,
  acceptWith: (name: string) => `Accept with ${name}`,
  makeWith: (name: string) => `Create my account with ${name}`,
  connect: (name: string) => `Connect ${name}`,
  withPassword: "With a password",
  noPasswordNeeded: (name: string) => `You sign in at ${name}, and need no password here.`,
  theProvider: "your provider",
  problems: (name: string): Record<OpenIdProblem, string> => ({
    late: "This sign-in took longer than ten minutes, was begun in another browser, or was finished already. Begin again.",
    refused: `${name} did not sign you in. If you did not cancel it yourself, ask those who run ${name}.`,
    unreachable: `${name} cannot be reached at the moment. Try again in a few minutes, or use another way below.`,
    "not-valid": `The answer of ${name} could not be trusted, so you are not signed in. Try again; if that does not help, show this to whoever runs this server.`,
    unknown: `${name} knows you, but nobody has invited you here. Ask an owner for an invitation, open its link, and choose ${name} there. If you have an account with a password, sign in with it and connect ${name} under Account.`,
    invitation: "This invitation is not valid any more. Ask for a new one.",
    taken: `Whoever is signed in at ${name} has another account here already. Sign out at ${name} first, or sign in to that account.`,
    "address-taken": `An account here has your e-mail address already. Sign in with its password, and connect ${name} under Account; then open the invitation again.`,
    "no-address": `${name} vouches for no e-mail address of yours. Go back to where you began, fill in your e-mail address there, and then choose ${name} again.`,
  }),
  toDashboard: "If you are signed in already, go to the dashboard",
  how: {
    title: "How you sign in",
    password: "With your e-mail address and password",
    at: (host: string) => `At ${host}`,
    since: (time: string) => `connected ${time}`,
    used: (time: string) => `last used ${time}`,
    disconnect: "Disconnect",
    disconnectWhat: (host: string) => `Disconnect ${host}`,
    disconnects: "Other browsers are signed out. You can connect it again.",
    noPassword: "For a password, ask an owner for a link for a new password.",
    why: (name: string) => `Then you can sign in with ${name} as well as with your password.`,
  },
};
