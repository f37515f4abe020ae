import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { EntryPageProps } from "./entry/entry-page.tsx";

const RETRY_MS = 3000;

/** What comes before the first pair: its code is fetched by those who need it. */
export function BeforeFirst(props: EntryPageProps) {
  const [loaded, setLoaded] = useState<{ Page: ComponentType<EntryPageProps> } | null>(null);
  useEffect(() => {
    const load = () =>
      void import("./entry/entry-page.tsx").then(
        ({ EntryPage }) => setLoaded({ Page: EntryPage }),
        () => setTimeout(load, RETRY_MS),
      );
    load();
  }, []);
  return loaded ? <loaded.Page {...props} /> : <main class="notice" />;
}
