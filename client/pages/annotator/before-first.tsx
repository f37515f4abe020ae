import type { EntryPageProps } from "./entry/entry-page.tsx";
import { useLater } from "./use-later.ts";

/** What comes before the first pair: its code is fetched by those who need it. */
export function BeforeFirst(props: EntryPageProps) {
  const loaded = useLater(() => import("./entry/entry-page.tsx"));
  return loaded ? <loaded.EntryPage {...props} /> : <main class="notice" />;
}
