import { useEffect, useState } from "preact/hooks";
import { Prose } from "../../components/prose.tsx";
import { ownerApi } from "./owner-api.ts";

/** The guidelines as annotators see them; as they were written where the server has not rendered them yet. */
export function Guidelines({ study, code, written }: { study: string; code: string; written: string }) {
  const [html, setHtml] = useState<string | null>(null);
  useEffect(() => {
    let isLatest = true;
    ownerApi.preview(study, code).then(
      ({ sheet }) => {
        if (isLatest) setHtml(sheet.guidelines);
      },
      () => {
        // what was written stays on the page
      },
    );
    return () => void (isLatest = false);
  }, [study, code, written]);
  if (html !== null) return <Prose html={html} lang={code} />;
  return (
    <p class="as-written" lang={code} dir="auto">
      {written}
    </p>
  );
}
