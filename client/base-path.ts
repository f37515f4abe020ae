/** The path that stands before every address of ours where a proxy serves us below one, like "/tiebreak"; else nothing. */
const BASE_PATH =
  globalThis.document?.querySelector<HTMLMetaElement>('meta[name="base-path"]')?.content ?? "";

/** The address of a page or route of ours, as the browser must ask for it. */
export const withBase = (path: string): string => `${BASE_PATH}${path}`;

/** The path of a page of ours, without what a proxy puts before it. */
export const withoutBase = (pathname: string): string =>
  pathname.startsWith(`${BASE_PATH}/`) ? pathname.slice(BASE_PATH.length) : pathname;
