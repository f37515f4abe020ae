import { useEffect, useState } from "preact/hooks";
import type { SectionKey } from "../../../server/report-document/document.ts";

type Code = typeof import("./contents.tsx");

/** The contents with what goes with them, fetched once the figure is there; their place is kept. */
export function LazyContents({ sections }: { sections: readonly SectionKey[] }) {
  const [code, setCode] = useState<Code | null>(null);
  useEffect(() => {
    import("./contents.tsx").then(setCode, () => undefined); // without them the page is as it was, only longer to find one's way
  }, []);
  return code === null ? <div /> : <code.Contents sections={sections} />;
}
