/** Who started by an open link in this browser, so that coming back makes no second annotator. */
export interface JoinedBefore {
  readonly token: string | null;
  /** The token that this browser proposes for somebody new: the same until the server has taken it; none: it makes one. */
  propose(): string | undefined;
  remember(token: string): void;
}

const TOKEN_BYTES = 32;

/** Reads what this browser kept for an open link; a browser that keeps nothing has nobody. */
export function joinedBefore(link: string): JoinedBefore {
  const keptAs = `tiebreak-joined-${link}`;
  const proposedAs = `tiebreak-proposed-${link}`;
  return {
    token: read(keptAs),
    propose() {
      const before = read(proposedAs);
      if (before !== null && before !== read(keptAs)) return before;
      const proposed = newToken();
      keep(proposedAs, proposed);
      return proposed;
    },
    remember: (token) => keep(keptAs, token),
  };
}

function newToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(TOKEN_BYTES));
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** Where a browser keeps nothing, the person's own link, which is shown next, is the only way back. */
function keep(keptAs: string, value: string): void {
  try {
    localStorage.setItem(keptAs, value);
  } catch {
    // see above
  }
}

function read(keptAs: string): string | null {
  try {
    return localStorage.getItem(keptAs);
  } catch {
    return null;
  }
}
