import { tiebreakOk } from "../../tests/support/server.ts";

/** Signs in to a running server as its owner. @returns the headers of every further request */
export async function ownerHeaders(
  origin: string,
  env: Record<string, string>,
): Promise<Record<string, string>> {
  const link = JSON.parse(await tiebreakOk(["owner-link", "--json"], env)) as { url: string };
  const headers: Record<string, string> = { "content-type": "application/json", origin };
  const body = JSON.stringify({ token: new URL(link.url).hash.slice(1) });
  const session = await fetch(`${origin}/api/session`, { method: "POST", headers, body });
  const cookie = session.headers.getSetCookie()[0]?.split(";")[0];
  if (cookie === undefined) throw new Error(`Signing in failed: ${session.status} ${await session.text()}`);
  return { ...headers, cookie };
}
