import { withBase, withoutBase } from "../../base-path.ts";

/** Where the page was opened: by a personal link, by an open link, or by neither. */
export type EntryPoint =
  | { readonly kind: "judge"; readonly token: string }
  | { readonly kind: "join"; readonly link: string }
  | { readonly kind: "nowhere" };

const SECRET = /^#([A-Za-z0-9_-]{20,64})$/;

/** Reads the address; the secret stands behind the `#`, which browsers never send. */
export function placeOf({ pathname, hash }: { pathname: string; hash: string }): EntryPoint {
  const secret = SECRET.exec(hash)?.[1];
  if (secret === undefined) return { kind: "nowhere" };
  return withoutBase(pathname).startsWith("/join")
    ? { kind: "join", link: secret }
    : { kind: "judge", token: secret };
}

/** Somebody's personal link, on this server. */
export const personalLink = (token: string): string => withBase(`/judge#${token}`);
