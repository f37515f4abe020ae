/** The path of an address that people reach the server under: "/tiebreak", or nothing where it has the host to itself. */
export const basePathOf = (address: string): string => new URL(address).pathname.replace(/\/$/, "");

/**
 * The path and query of a request without the base path, whether the proxy before us keeps it or strips it.
 * @param url as it stands in the request's first line
 */
export function withoutBasePath(url: string, basePath: string): string {
  if (!/^(?:[/?]|$)/.test(url.slice(basePath.length)) || !url.startsWith(basePath)) return url;
  const rest = url.slice(basePath.length);
  return rest.startsWith("/") ? rest : `/${rest}`;
}
