/** Gathers what is said of an option that may be said several times; nothing said leaves it undefined. */
export const repeated = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  value,
];
