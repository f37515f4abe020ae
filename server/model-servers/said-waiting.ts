/** What a run waits for, in one line: "rate limited by models.example, waiting until 16:40 UTC". */
export function saidWaiting(why: string, host: string, until: Date): string {
  const what = why === "rate limited" ? `rate limited by ${host}` : `${why} at ${host}`;
  return `${what}, waiting until ${until.toISOString().slice(11, 16)} UTC`;
}
