import { useEffect, useState } from "preact/hooks";
import type { Plan } from "../../../../server/contract/plan.ts";
import type { ProtocolGroup, StudyDetail } from "../../../../server/contract/studies.ts";
import type { Outlook } from "../../../../server/contract/study-names.ts";
import { request } from "../../../api/request.ts";
import { words } from "../../../words/dashboard.ts";
import { Field } from "../field.tsx";
import { ownerApi } from "../owner-api.ts";

const text = words.setup.outlook;

/** What the study takes, and which difference it can find: of each group of people, as it is planned now. */
export function StudyOutlook({ study }: { study: StudyDetail }) {
  const [pay, setPay] = useState("");
  const outlook = useOutlook(study);
  const people = study.protocol.groups.filter(({ kind }) => kind !== "model");
  if (!outlook) return null;
  const isEmpty = outlook.comparisons === 0;
  return (
    <aside class="outlook" aria-labelledby="outlook-heading">
      <h3 id="outlook-heading">{text.title}</h3>
      {isEmpty ? (
        <p>{text.nothing}</p>
      ) : (
        <>
          <p>{text.comparisons(outlook.comparisons, outlook.prompts)}</p>
          <dl class="facts">
            {people.map((group) => (
              <GroupOutlook
                key={group.name}
                group={group}
                outlook={outlook}
                pay={Number(pay.replace(",", "."))}
              />
            ))}
          </dl>
          <Field label={text.pay} means={text.payMeans} value={pay} onText={setPay} inputMode="decimal" />
        </>
      )}
    </aside>
  );
}

function GroupOutlook({ group, outlook, pay }: { group: ProtocolGroup; outlook: Outlook; pay: number }) {
  const judgments = outlook.comparisons * group.judgments;
  const each = group.judgmentsPerAnnotator;
  const annotators = Math.max(group.judgments, each === null ? 1 : Math.ceil(judgments / each));
  const plan = usePlan({ group, outlook, annotators });
  if (judgments === 0) return null;
  const hours = plan && "hours" in plan && plan.hours ? (plan.hours / plan.judgments) * judgments : null;
  const facts = [
    text.judgments(judgments),
    ...(annotators > 1 ? [text.annotators(annotators)] : []),
    ...(hours === null ? [] : [text.hours(hours)]),
    ...(hours !== null && pay > 0 ? [text.cost(hours * pay)] : []),
  ];
  return (
    <div>
      <dt>
        <bdi>{group.name}</bdi>
      </dt>
      <dd>
        <p>{facts.join(", ")}</p>
        {plan && "smallestRate" in plan && plan.smallestRate !== undefined && (
          <p>{text.detects(plan.smallestRate, plan.annotators)}</p>
        )}
        {plan && "message" in plan && (
          <p class="quiet">
            {text.cannot} {plan.message}
          </p>
        )}
      </dd>
    </div>
  );
}

/** What would be compared, asked again whenever that may have changed. */
function useOutlook({ name, protocol, prompts, loads }: StudyDetail): Outlook | null {
  const [outlook, setOutlook] = useState<Outlook | null>(null);
  const key = JSON.stringify([
    name,
    protocol.pairs,
    protocol.turns,
    protocol.showIdentical,
    prompts,
    loads.length,
  ]);
  useEffect(() => {
    let late = false;
    ownerApi.outlook(name).then(
      (value) => {
        if (!late) setOutlook(value);
      },
      () => undefined,
    );
    return () => {
      late = true;
    };
  }, [key]);
  return outlook;
}

/** The smallest difference that one pair's judgments of a group find, or why that cannot be computed. */
function usePlan(given: {
  group: ProtocolGroup;
  outlook: Outlook;
  annotators: number;
}): Plan | { message: string } | null {
  const { group, outlook, annotators } = given;
  const [plan, setPlan] = useState<Plan | { message: string } | null>(null);
  const query = new URLSearchParams({
    ...{ prompts: String(outlook.prompts), judgments: String(Math.max(1, group.judgments)) },
    ...(annotators > 1 ? { annotators: String(annotators) } : {}),
    ...(outlook.words === null ? {} : { words: String(outlook.words) }),
  }).toString();
  useEffect(() => {
    let late = false;
    void request<Plan>({ method: "GET", path: `/api/plan?${query}` }).then((ending) => {
      if (late || ending.kind === "unreachable") return;
      setPlan(ending.kind === "ok" ? ending.reply : { message: ending.message });
    });
    return () => {
      late = true;
    };
  }, [query]);
  return plan;
}
