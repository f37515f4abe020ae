import { useEffect, useRef, useState } from "preact/hooks";
import { words } from "../../../words/dashboard.ts";
import { Failure } from "../failure.tsx";
import { Section } from "../section.tsx";
import { useLoaded } from "../use-loaded.ts";
import { AnnotatorTable } from "./annotator-table.tsx";
import { ExcludeRule } from "./exclude-rule.tsx";
import { LookList } from "./look-list.tsx";
import { watchingApi } from "./watching-api.ts";
import "./watching.css";

const text = words.watching;
const EVERY_MS = 15_000;
/** Annotators that are fetched at first, and added by each “show more”. */
const PAGE = 50;
/** As many as one call may fetch. */
const MOST = 1000;

/** Who judges and how, those on top who need a look. */
export function AnnotatorsSection({ study, canEdit = false }: { study: string; canEdit?: boolean }) {
  const [limit, setLimit] = useState(PAGE);
  const { value, refused, again } = useLoaded(() => watchingApi.annotators(study, limit), EVERY_MS);
  const isFirst = useRef(true);
  useEffect(() => {
    if (!isFirst.current) again();
    isFirst.current = false;
  }, [limit, again]);
  return (
    <Section name="annotators">
      <Failure refused={refused} />
      {value === null && !refused && <p role="status">{words.loading}</p>}
      {value?.total === 0 && <p>{text.empty}</p>}
      {value !== null && value.total > 0 && (
        <>
          <p role="status">{text.extent(value.total, value.looks)}</p>
          <p class="quiet">{text.means}</p>
          <LookList
            study={study}
            annotators={value.annotators.filter(({ look }) => look.length > 0)}
            onAnswered={again}
          />
          <AnnotatorTable annotators={value.annotators} />
          {value.next !== null && limit < MOST && (
            <button type="button" onClick={() => setLimit(Math.min(MOST, limit + 4 * PAGE))}>
              {text.more(value.annotators.length, value.total)}
            </button>
          )}
          {canEdit && <ExcludeRule study={study} onDone={again} />}
        </>
      )}
    </Section>
  );
}
