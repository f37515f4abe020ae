/** Things by what they have in common, in the order in which each kind comes first. */
export function grouped<T, Kind>(things: readonly T[], kindOf: (thing: T) => Kind): Map<Kind, T[]> {
  const groups = new Map<Kind, T[]>();
  for (const thing of things) {
    const kind = kindOf(thing);
    const group = groups.get(kind);
    if (group) group.push(thing);
    else groups.set(kind, [thing]);
  }
  return groups;
}
