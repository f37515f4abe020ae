/** The words about issued links, on the dashboard. */
export const links = {
  title: "Issued links",
  of: { people: (group: string) => `Links of ${group}`, results: "Links to the results" },
  none: "None yet.",
  link: "Link",
  label: "Label, for you",
  labelWhat: (name: string) => `Label of ${name}, seen by nobody who comes by it`,
  kind: "Kind",
  kinds: { personal: "personal", shared: "open link", results: "results" },
  state: "State",
  states: { valid: "valid", revoked: "revoked" },
  used: "Last used",
  never: "never",
  progress: "Progress",
  judged: (judged: number, of: number | null) =>
    of === null
      ? `${judged.toLocaleString("en-US")} judged`
      : `${judged.toLocaleString("en-US")} of at most ${of.toLocaleString("en-US")}`,
  sawResults: "has judged after seeing the results",
  shows: (snapshot: number | null) => (snapshot === null ? "live" : `snapshot ${String(snapshot)}`),
  act: "Action",
  showAll: (count: number) => `Show all ${count.toLocaleString("en-US")}`,
  hashes:
    "The links themselves cannot be shown again: only their hashes are stored. To send one again, make a new one in its place.",
  replace: "New link",
  replaceWhat: (name: string) => `Make a new link in place of ${name}`,
  asksReplace: (name: string) => `Make a new link in place of ${name}?`,
  replaceMeans: {
    personal:
      "The old link ends. Whoever opens the new one goes on where this person was. If they are judging by the old one right now, wait: answers that their browser has not sent yet would be lost.",
    shared:
      "The old link ends, and the new one has the same settings. Those who started before continue with their own links.",
    results: "The old link ends. The new one shows the same.",
  },
  replaced: (name: string) => `The new link of ${name}. Copy it now: it is shown only once.`,
  mostWhat: (name: string) => `How many may join by ${name}`,
  limited: (name: string, most: number | null) =>
    most === null
      ? `${name}: three times as many people as are needed may join, and 50 at least.`
      : `${name}: ${most.toLocaleString("en-US")} may join.`,
  revoke: "Revoke",
  revokeWhat: (name: string) => `Revoke ${name}`,
  restore: "Restore",
  restoreWhat: (name: string) => `Restore ${name}`,
  asks: (name: string) => `Revoke ${name}?`,
  means: {
    personal:
      "This person sees a friendly notice that their link is no longer active. Their judgments stay and count, and the pairs assigned to them go to others. You can restore the link.",
    shared:
      "This link can no longer be used to start. Those who started before continue with their own links. You can restore it.",
    results: "Anyone who opens this link sees that it no longer works. You can restore it.",
  },
  revoked: (name: string) => `${name} is revoked.`,
  restored: (name: string) => `${name} works again.`,
  undo: "Undo",
  notNow: "Not now",
};
