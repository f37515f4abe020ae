import type { Quality, Review } from "../../../server/contract/quality.ts";
import type { StudyPeople } from "../../../server/contract/study-people.ts";
import { words } from "../../words/dashboard.ts";
import { ChatbotSigns } from "./chatbot-signs.tsx";
import { Failure } from "./failure.tsx";
import { ownerApi } from "./owner-api.ts";
import { OpenReview } from "./open-review.tsx";
import { Section } from "./section.tsx";
import { useAction } from "./use-action.ts";
import { useLoaded } from "./use-loaded.ts";
import { Wrote } from "./wrote.tsx";
import { ScrollTable } from "./scroll-table.tsx";

const text = words.quality;
const EVERY_MS = 10_000;

/** Whether anything is looked at while people judge: only then there is this section. */
export const hasQuality = ({ protocol }: Pick<StudyPeople, "protocol">): boolean =>
  (protocol.rules ?? []).length > 0 ||
  [protocol.signs, protocol.repeats, protocol.minimumTime].some((one) => one !== undefined);

/** What is looked at while people judge, what was found, and what a person decides. */
export function QualitySection({ study }: { study: Pick<StudyPeople, "name" | "state" | "protocol"> }) {
  const { rules = [], signs, repeats, minimumTime } = study.protocol;
  const hasRules = rules.length > 0;
  return (
    <Section name="quality">
      {study.state !== "draft" && <Found study={study.name} hasRules={hasRules} />}
      {signs && <ChatbotSigns study={study.name} />}
      <h3>{text.rules}</h3>
      <ul>
        {rules.map((rule) => (
          <li key={`${rule.signal} ${rule.then}`}>
            {text.rule(rule)}: {text.then(rule)}
          </li>
        ))}
        {repeats && <li>{text.repeats(repeats)}</li>}
        {minimumTime && <li>{text.minimumTime(minimumTime)}</li>}
        {signs && <li>{text.signs.set}</li>}
      </ul>
    </Section>
  );
}

function Found({ study, hasRules }: { study: string; hasRules: boolean }) {
  const { value, refused: notFetched, set } = useLoaded(() => ownerApi.quality(study), EVERY_MS);
  const { working, refused, run } = useAction();
  const decide = (annotator: string, decision: "end" | "go on", reason?: string) =>
    run(async () => set(await ownerApi.decide(study, { annotator, decision, reason })));
  if (value === null) return <Failure refused={notFetched} />;
  const open = value.reviews.filter(({ decision }) => decision === null);
  return (
    <>
      <Failure refused={refused ?? notFetched} />
      {(hasRules || value.reviews.length > 0) && <p role="status">{text.waiting(open.length)}</p>}
      {open.map((review) => (
        <OpenReview key={review.annotator} review={review} working={working} decide={decide} />
      ))}
      <Decided reviews={value.reviews} working={working} onUndo={(annotator) => decide(annotator, "go on")} />
      {hasRules && <Triggers quality={value} />}
    </>
  );
}

interface DecidedProps {
  reviews: readonly Review[];
  working: boolean;
  onUndo: (annotator: string) => void;
}

/** What was decided; an end that is in force can be undone. */
function Decided({ reviews, working, onUndo }: DecidedProps) {
  const decided = reviews.filter(({ decision }) => decision !== null);
  if (decided.length === 0) return null;
  const isInForce = (one: Review) =>
    one.decision === "end" && reviews.find(({ annotator }) => annotator === one.annotator) === one;
  return (
    <>
      <h3>{text.decided}</h3>
      <ul class="decided">
        {decided.map((one) => (
          <li key={`${one.annotator} ${one.openedAt} ${one.decidedAt}`}>
            <bdi>{one.annotator}</bdi> {one.decision && text.decision[one.decision]}
            {one.reason !== null && (
              <>
                {": "}
                <bdi>{one.reason}</bdi>
              </>
            )}
            {one.answer !== null && <Wrote answer={one.answer} />}
            {isInForce(one) && (
              <button type="button" disabled={working} onClick={() => onUndo(one.annotator)}>
                {text.undo}
              </button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function Triggers({ quality: { triggers, capped } }: { quality: Quality }) {
  return (
    <>
      <h3>{text.found}</h3>
      {capped.map((rule) => (
        <p key={`${rule.signal} ${rule.then}`} class="warning">
          {text.rule(rule)}: {text.capped}
        </p>
      ))}
      {triggers.length === 0 ? (
        <p>{text.nothingFound}</p>
      ) : (
        <ScrollTable label={text.found} headings={[text.annotator, text.what, text.followed, text.when]}>
          {triggers.map(({ annotator, rule, seen, took, at, warningRead }) => (
            <tr key={`${annotator} ${rule.signal} ${rule.then}`}>
              <th scope="row">
                <bdi>{annotator}</bdi>
              </th>
              <td>{text.seen(rule, seen)}</td>
              <td>
                {text.took[took]}
                {warningRead !== null && `, ${text.read}`}
              </td>
              <td>{words.time(at)}</td>
            </tr>
          ))}
        </ScrollTable>
      )}
    </>
  );
}
