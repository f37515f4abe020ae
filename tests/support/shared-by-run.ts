/** One thing that all projects of a run share, and how to take it away. */
interface Shared<T> {
  readonly made: Promise<{ value: T; end: () => Promise<void> }>;
  users: number;
}

/** Each project loads its global set-ups as modules of its own: what they share lies beside the modules. */
const kept = ((globalThis as { tiebreakTests?: Map<string, Shared<unknown>> }).tiebreakTests ??= new Map());

/**
 * Makes something once in a test run, whichever projects ask for it.
 * @param make makes it, and says how it ends
 * @returns it, and what each project calls at its own end; the last one that does ends it
 */
export async function sharedByRun<T>(
  name: string,
  make: () => Promise<{ value: T; end: () => Promise<void> }>,
): Promise<{ value: T; leave: () => Promise<void> }> {
  const shared = (kept.get(name) ?? { made: make(), users: 0 }) as Shared<T>;
  kept.set(name, shared);
  shared.users++;
  const { value, end } = await shared.made;
  const leave = async () => {
    if (--shared.users > 0) return;
    kept.delete(name);
    await end();
  };
  return { value, leave };
}
