import type { StudyFacts } from "./study-structure.ts";

/** Tells by its code whether a group is of people and in the headline: those whom figures of all people take in. */
export function peopleGroups({ groups }: Pick<StudyFacts, "groups">): (group: number) => boolean {
  const taken = Uint8Array.from(groups, ({ kind, headline }) => (kind !== "model" && headline ? 1 : 0));
  return (group) => taken[group] === 1;
}
