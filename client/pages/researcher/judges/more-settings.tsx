import { words } from "../../../words/dashboard.ts";
import { Choice, Field } from "../field.tsx";
import type { JudgeFields } from "./judge-fields.ts";

const text = words.judges;

interface MoreParts {
  fields: JudgeFields;
  languages: string[];
  change: (changed: Partial<JudgeFields>) => void;
}

/** What most runs leave as it is, folded away. */
export function MoreSettings({ fields, languages, change }: MoreParts) {
  const whole = { type: "number", inputMode: "numeric", step: 1 } as const;
  const decimal = { type: "number", inputMode: "decimal", step: "any" } as const;
  return (
    <details class="more">
      <summary>{text.more}</summary>
      <div class="fields">
        <Field
          label={text.annotator}
          means={text.annotatorMeans}
          maxLength={200}
          value={fields.annotator}
          onText={(annotator) => change({ annotator })}
        />
        {languages.length > 1 && (
          <Choice
            label={text.language}
            value={fields.language || languages[0]!}
            onText={(language) => change({ language })}
          >
            {languages.map((language) => (
              <option key={language} value={language}>
                {words.protocol.language(language)}
              </option>
            ))}
          </Choice>
        )}
        <Field
          {...{ ...whole, label: text.repeats, min: 0, max: 8, required: true, value: fields.repeats }}
          onText={(repeats) => change({ repeats })}
        />
        <Field
          {...{ ...decimal, label: text.temperature, min: 0, max: 2, value: fields.temperature }}
          means={text.temperatureMeans}
          onText={(temperature) => change({ temperature })}
        />
        <Field
          {...{ ...whole, label: text.seed, means: text.seedMeans, value: fields.seed }}
          onText={(seed) => change({ seed })}
        />
        <Field
          {...{ ...whole, label: text.maxTokens, min: 16, max: 100_000, required: true }}
          value={fields.maxTokens}
          onText={(maxTokens) => change({ maxTokens })}
        />
      </div>
      {(["structured", "keepThinking"] as const).map((name) => (
        <label key={name} class="check">
          <input
            type="checkbox"
            checked={fields[name]}
            onChange={(event) => change({ [name]: event.currentTarget.checked })}
          />{" "}
          {text[name]}
        </label>
      ))}
      <Limits {...{ fields, change, whole, decimal }} />
    </details>
  );
}

interface LimitsParts extends Omit<MoreParts, "languages"> {
  whole: object;
  decimal: object;
}

function Limits({ fields, change, whole, decimal }: LimitsParts) {
  return (
    <fieldset>
      <legend>{text.limits}</legend>
      <div class="fields">
        <Field
          {...{ ...whole, label: text.calls, means: text.noLimit, min: 1, value: fields.calls }}
          onText={(calls) => change({ calls })}
        />
        <Field
          {...{ ...decimal, label: text.dollars, means: text.dollarsMeans, min: 0.000001 }}
          value={fields.dollars}
          onText={(dollars) => change({ dollars })}
        />
        <Field
          {...{ ...decimal, label: text.minutes, means: text.noLimit, min: 0.01, value: fields.minutes }}
          onText={(minutes) => change({ minutes })}
        />
        <Field
          {...{ ...whole, label: text.concurrency, min: 1, max: 512, required: true }}
          value={fields.concurrency}
          onText={(concurrency) => change({ concurrency })}
        />
        <Field
          {...{ ...whole, label: text.attempts, min: 1, max: 20, required: true, value: fields.attempts }}
          onText={(attempts) => change({ attempts })}
        />
      </div>
    </fieldset>
  );
}
