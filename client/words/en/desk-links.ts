/** The words about links that were given out, on the researcher's desk. */
export const links = {
  title: "Links that were given out",
  of: { people: (group: string) => `Links of ${group}`, results: "Links to the results" },
  none: "None yet.",
  link: "Link",
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
      : `${judged.toLocaleString("en-US")} of ${of.toLocaleString("en-US")}`,
  shows: (snapshot: number | null) => (snapshot === null ? "live" : `snapshot ${String(snapshot)}`),
  act: "Action",
  showAll: (count: number) => `Show all ${count.toLocaleString("en-US")}`,
  hashes: "The links themselves cannot be shown again: only hashes of them are kept.",
  revoke: "Revoke",
  revokeWhat: (name: string) => `Revoke ${name}`,
  restore: "Restore",
  restoreWhat: (name: string) => `Restore ${name}`,
  asks: (name: string) => `Revoke ${name}?`,
  means: {
    personal:
      "This person is told, kindly, that their link has ended. What they judged stays and counts, and the pairs that they hold go to others. You can restore the link.",
    shared:
      "Nobody can start by this link any more. Whoever started before goes on by their own link. You can restore it.",
    results: "Whoever opens this link is told that it does not work any more. You can restore it.",
  },
  revoked: (name: string) => `${name} is revoked.`,
  restored: (name: string) => `${name} works again.`,
  undo: "Undo",
  notNow: "Not now",
};
