import { useState } from "preact/hooks";
import type { EntryPage, PersonalAnswer, QuestionShown } from "../../../../server/contract/entry.ts";
import { words } from "../../../words/entry.ts";
import { type StageProps, StageScreen } from "./stage-screen.tsx";

const text = words.questions;

interface QuestionsProps extends StageProps {
  page: Extract<EntryPage, { kind: "questions" }>;
}

type Answers = Readonly<Record<string, PersonalAnswer>>;

/** Questions about the person; what is not required may stay empty. */
export function QuestionsPage({ page, stages, language, step, show, failure }: QuestionsProps) {
  const [answers, setAnswers] = useState<Answers>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const answer = (id: string, given: PersonalAnswer | undefined) => {
    const others = Object.entries(answers).filter(([one]) => one !== id);
    setAnswers(Object.fromEntries(given === undefined ? others : [...others, [id, given]]));
  };
  const send = async (event: Event) => {
    event.preventDefault();
    const missing = page.questions.find(({ id, required }) => required && answers[id] === undefined);
    setProblem(missing === undefined ? null : text.missing);
    if (missing !== undefined) {
      document.querySelector<HTMLElement>(`[name="${missing.id}"]`)?.focus();
      return;
    }
    setSending(true);
    show(await step({ stage: "questions", answers: { ...answers } }));
    setSending(false);
  };
  return (
    <StageScreen at="questions" stages={stages} failure={problem ?? failure}>
      <p>{text.why}</p>
      <form class="questions" noValidate onSubmit={(event) => void send(event)}>
        {page.questions.map((question) => (
          <Asked
            key={question.id}
            question={question}
            language={language}
            given={answers[question.id]}
            onAnswer={(given) => answer(question.id, given)}
          />
        ))}
        <p>
          <button type="submit" class="primary" disabled={sending}>
            {sending ? words.sending : text.send}
          </button>
        </p>
      </form>
    </StageScreen>
  );
}

interface AskedProps {
  question: QuestionShown;
  language: string;
  given: PersonalAnswer | undefined;
  onAnswer: (given: PersonalAnswer | undefined) => void;
}

function Asked(props: AskedProps) {
  const { question, language, given, onAnswer } = props;
  const { id, kind, mayDecline, required } = question;
  return (
    <fieldset>
      <legend>
        <span lang={language} dir="auto">
          {question.question}
        </span>{" "}
        {required && <span class="quiet">({text.required})</span>}
      </legend>
      {kind === "several" && <p class="quiet">{text.severalHint}</p>}
      {kind === "number" && <p class="quiet">{text.range(question.min, question.max)}</p>}
      {kind === "choice" || kind === "several" ? (
        <Options {...props} question={question} />
      ) : (
        <Field {...props} />
      )}
      {mayDecline && (
        <label>
          <input
            type="checkbox"
            name={`${id} declined`}
            checked={given === null}
            onChange={(event) => onAnswer(event.currentTarget.checked ? null : undefined)}
          />
          {text.decline}
        </label>
      )}
    </fieldset>
  );
}

interface OptionsProps extends AskedProps {
  question: Extract<QuestionShown, { kind: "choice" | "several" }>;
}

function Options({ question: { id, kind, options }, language, given, onAnswer }: OptionsProps) {
  const chosen = Array.isArray(given) ? given : [given];
  const change = (value: string, isChosen: boolean) => {
    if (kind === "choice") return onAnswer(value);
    const others = chosen.filter((one): one is string => typeof one === "string" && one !== value);
    const all = isChosen ? [...others, value] : others;
    onAnswer(all.length === 0 ? undefined : all);
  };
  return options.map(({ value, label }) => (
    <label key={value}>
      <input
        type={kind === "choice" ? "radio" : "checkbox"}
        name={id}
        checked={chosen.includes(value)}
        onChange={(event) => change(value, event.currentTarget.checked)}
      />
      <span lang={language} dir="auto">
        {label}
      </span>
    </label>
  ));
}

function Field({ question, given, onAnswer }: AskedProps) {
  const common = {
    ...{ name: question.id, "aria-label": question.question },
    value: typeof given === "string" || typeof given === "number" ? given : "",
  };
  if (question.kind !== "number") {
    const change = (text: string) => onAnswer(text.trim() === "" ? undefined : text);
    return (
      <input
        {...common}
        type="text"
        maxLength={2000}
        onInput={(event) => change(event.currentTarget.value)}
      />
    );
  }
  const change = (text: string) => onAnswer(text === "" ? undefined : Number(text));
  const { min, max } = question;
  return (
    <input
      {...{ ...common, min, max }}
      type="number"
      step="any"
      onInput={(event) => change(event.currentTarget.value)}
    />
  );
}
