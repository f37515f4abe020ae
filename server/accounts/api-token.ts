/** What every token for programs begins with, so that scanners for leaked secrets find it. */
const PREFIX = "tiebreak_";

/** A token for programs: the prefix and 32 random bytes in base64url. */
export const API_TOKEN = new RegExp(`^${PREFIX}[A-Za-z0-9_-]{43}$`);
/** How many of its characters are kept to recognise it by. */
const KEPT = PREFIX.length + 4;

export const apiTokenOf = (secret: string): string => `${PREFIX}${secret}`;
export const startOf = (token: string): string => token.slice(0, KEPT);
