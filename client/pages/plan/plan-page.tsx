import { useEffect, useState } from "preact/hooks";
import type { Plan } from "../../../server/contract/plan.ts";
import { request } from "../../api/request.ts";
import { PilotForm } from "./pilot-form.tsx";
import { words } from "../../words/plan.ts";

type Field = keyof typeof words.fields;
type Asked = Record<Field | "about", string>;

const FIELDS = Object.keys(words.fields) as Field[];
const WHOLE: ReadonlySet<Field> = new Set(["prompts", "judgments", "annotators", "words", "readingSpeed"]);
const AT_FIRST: Asked = {
  rate: "0.55",
  prompts: "",
  judgments: "3",
  annotators: "",
  ties: "0.22",
  correlation: "0.5",
  annotatorCorrelation: "0",
  power: "0.8",
  words: "",
  readingSpeed: "240",
  pay: "",
  about: "like-these",
};

/** How many prompts and judgments a study needs, or what it can find. The address keeps what was asked. */
export function PlanPage() {
  const [asked, setAsked] = useState<Asked>(() => fromAddress(location.search));
  const answer = useAnswer(asked);
  const set = (field: Field | "about", value: string) => setAll({ [field]: value });
  const setAll = (some: Partial<Asked>) => {
    const next = { ...asked, ...some };
    history.replaceState(null, "", `${location.pathname}?${queryOf(next)}`);
    setAsked(next);
  };
  return (
    <main class="plan">
      <h1>{words.title}</h1>
      <p>{words.intro}</p>
      <form onSubmit={(event) => event.preventDefault()}>
        {FIELDS.map((field) => (
          <NumberField key={field} field={field} value={asked[field]} set={set} />
        ))}
        <AboutField value={asked.about} set={(value) => set("about", value)} />
      </form>
      <PilotForm setAll={setAll} />
      <section class="answer" role="status" aria-live="polite">
        {"plan" in answer ? <Answer plan={answer.plan} /> : <p>{answer.says}</p>}
      </section>
      <p class="terminal">
        {words.atTerminal} <code>{commandOf(asked)}</code>
      </p>
    </main>
  );
}

function NumberField({
  field,
  value,
  set,
}: {
  field: Field;
  value: string;
  set: (field: Field, value: string) => void;
}) {
  const { label, help } = words.fields[field];
  return (
    <div class="field">
      <label for={field}>{label}</label>
      <input
        id={field}
        inputMode={WHOLE.has(field) ? "numeric" : "decimal"}
        autocomplete="off"
        value={value}
        aria-describedby={`${field}-help`}
        onInput={(event) => set(field, event.currentTarget.value)}
      />
      <small id={`${field}-help`}>{help}</small>
    </div>
  );
}

function AboutField({ value, set }: { value: string; set: (value: string) => void }) {
  const { label, help, choices } = words.about;
  return (
    <div class="field">
      <label for="about">{label}</label>
      <select
        id="about"
        value={value}
        aria-describedby="about-help"
        onChange={(event) => set(event.currentTarget.value)}
      >
        {Object.entries(choices).map(([choice, text]) => (
          <option key={choice} value={choice}>
            {text}
          </option>
        ))}
      </select>
      <small id="about-help">{help}</small>
    </div>
  );
}

function Answer({ plan }: { plan: Plan }) {
  const { size, detects, takes, assumptions } = words.answer;
  const asksPrompts = plan.smallestRate === undefined;
  return (
    <>
      <p class={asksPrompts ? "headline" : ""}>{size(plan)}</p>
      <p class={asksPrompts ? "" : "headline"}>{detects(plan)}</p>
      {plan.hours !== undefined && <p>{takes(plan)}</p>}
      <p class="quiet">{assumptions(plan).join(" ")}</p>
    </>
  );
}

type Answered = { plan: Plan } | { says: string };

/** Asks the server a moment after the last change. */
function useAnswer(asked: Asked): Answered {
  const [answer, setAnswer] = useState<Answered>({ says: "" });
  const query = queryOf(asked);
  useEffect(() => {
    if (asked.rate.trim() === "" && asked.prompts.trim() === "") {
      setAnswer({ says: words.empty });
      return;
    }
    let late = false;
    const timer = setTimeout(() => {
      void request<Plan>({ method: "GET", path: `/api/plan?${query}` }).then((ending) => {
        if (late) return;
        if (ending.kind === "ok") setAnswer({ plan: ending.reply });
        else setAnswer({ says: ending.kind === "refused" ? ending.message : words.unreachable });
      });
    }, 150);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [query]);
  return answer;
}

/** A comma is a decimal point to many people. */
const given = (asked: Asked): [keyof Asked, string][] => [
  ...FIELDS.flatMap((field): [Field, string][] => {
    const value = asked[field].trim().replace(",", ".");
    return value === "" ? [] : [[field, value]];
  }),
  ["about", asked.about],
];

const queryOf = (asked: Asked): string => new URLSearchParams(given(asked)).toString();

const commandOf = (asked: Asked): string =>
  `npx tiebreak plan ${given(asked)
    .map(([field, value]) => `${flagOf(field)} ${value}`)
    .join(" ")}`;

const flagOf = (field: keyof Asked): string =>
  field === "about"
    ? "--conclude-about"
    : `--${field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

function fromAddress(search: string): Asked {
  const query = new URLSearchParams(search);
  if ([...query.keys()].length === 0) return AT_FIRST;
  return Object.fromEntries(
    [...FIELDS, "about" as const].map((field) => [
      field,
      query.get(field) ?? (field === "rate" ? "" : AT_FIRST[field]),
    ]),
  ) as Asked;
}
