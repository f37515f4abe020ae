/** Who started by an open link in this browser, so that coming back makes no second annotator. */
export interface JoinedBefore {
  readonly token: string | null;
  remember(token: string): void;
}

/** Reads what this browser kept for an open link; a browser that keeps nothing has nobody. */
export function joinedBefore(link: string): JoinedBefore {
  const keptAs = `tiebreak-joined-${link}`;
  return {
    token: read(keptAs),
    remember(token) {
      try {
        localStorage.setItem(keptAs, token);
      } catch {
        // the person's own link, which is shown next, is then the only way back
      }
    },
  };
}

function read(keptAs: string): string | null {
  try {
    return localStorage.getItem(keptAs);
  } catch {
    return null;
  }
}
