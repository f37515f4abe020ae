import { useState } from "preact/hooks";
import type { ExclusionPreview, ExclusionRule } from "../../../../server/contract/watching.ts";
import { words } from "../../../words/dashboard.ts";
import { ActionForm } from "../action-form.tsx";
import { Choice, Field } from "../field.tsx";
import { useAction } from "../use-action.ts";
import { Failure } from "../failure.tsx";
import { ExclusionEffect } from "./exclusion-effect.tsx";
import { watchingApi } from "./watching-api.ts";

const text = words.watching.exclude;

interface ExcludeRuleProps {
  study: string;
  onDone: () => void;
}

/** Excludes by a rule: first whom it meets and what would follow, then the deed, which can be undone. */
export function ExcludeRule({ study, onDone }: ExcludeRuleProps) {
  const [open, setOpen] = useState(false);
  return (
    <details class="exclude-rule" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{text.title}</summary>
      {open && <Form study={study} onDone={onDone} />}
    </details>
  );
}

function Form({ study, onDone }: ExcludeRuleProps) {
  const [asked, setAsked] = useState<Asked>(FIRST);
  const [shown, setShown] = useState<{ rule: ExclusionRule; preview: ExclusionPreview } | null>(null);
  const [excluded, setExcluded] = useState<readonly string[]>([]);
  const begin = () => {
    setExcluded([]);
    setShown(null);
  };
  const show = async () => {
    const rule = ruleFrom(asked);
    setExcluded([]);
    setShown({ rule, preview: await watchingApi.previewExclusion(study, rule) });
  };
  return (
    <>
      <p class="quiet">{text.means}</p>
      <ActionForm label={text.show} action={show}>
        <RuleFields
          asked={asked}
          onAsked={(next) => {
            setAsked(next);
            begin();
          }}
        />
      </ActionForm>
      {shown && excluded.length === 0 && (
        <Confirm
          study={study}
          {...shown}
          onExcluded={(names) => {
            setExcluded(names);
            onDone();
          }}
        />
      )}
      {excluded.length > 0 && (
        <Undo
          study={study}
          names={excluded}
          onUndone={() => {
            begin();
            onDone();
          }}
        />
      )}
    </>
  );
}

/** A rule as it is typed. */
interface Asked {
  readonly kind: ExclusionRule["kind"];
  readonly failed: string;
  readonly of: string;
  readonly seconds: string;
  readonly percent: string;
}

const FIRST: Asked = { kind: "checks", failed: "2", of: "", seconds: "5", percent: "95" };

function RuleFields({ asked, onAsked }: { asked: Asked; onAsked: (asked: Asked) => void }) {
  const { kind } = asked;
  const number = (key: Exclude<keyof Asked, "kind">, min: number, max: number) => (
    <Field
      label={text[key]}
      type="number"
      step="any"
      min={min}
      max={max}
      required={key !== "of"}
      value={asked[key]}
      onText={(value) => onAsked({ ...asked, [key]: value })}
    />
  );
  return (
    <div class="fields">
      <Choice
        label={text.rule}
        value={kind}
        onText={(value) => onAsked({ ...asked, kind: value as Asked["kind"] })}
      >
        {(Object.keys(text.kinds) as Asked["kind"][]).map((one) => (
          <option key={one} value={one}>
            {text.kinds[one]}
          </option>
        ))}
      </Choice>
      {kind === "checks" && number("failed", 1, 1000)}
      {kind === "checks" && number("of", 1, 1000)}
      {kind === "speed" && number("seconds", 0.1, 3600)}
      {kind === "side" && number("percent", 51, 100)}
    </div>
  );
}

function ruleFrom({ kind, failed, of, seconds, percent }: Asked): ExclusionRule {
  if (kind === "checks") return { kind, failed: Number(failed), ...(of !== "" && { of: Number(of) }) };
  if (kind === "speed") return { kind, seconds: Number(seconds) };
  return kind === "side" ? { kind, percent: Number(percent) } : { kind };
}

interface ConfirmProps {
  study: string;
  rule: ExclusionRule;
  preview: ExclusionPreview;
  onExcluded: (names: readonly string[]) => void;
}

/** Whom the rule meets and what would follow, and the reason that is recorded. */
function Confirm({ study, rule, preview, onExcluded }: ConfirmProps) {
  const [reason, setReason] = useState(preview.rule);
  const names = preview.annotators.map(({ annotator }) => annotator);
  if (names.length === 0) return <p role="status">{text.nobody}</p>;
  return (
    <div class="confirm">
      <p role="status">
        <strong>{text.meets(names.length)}</strong>
      </p>
      <ExclusionEffect rule={rule} preview={preview} />
      <ActionForm
        label={text.exclude(names.length)}
        isPrimary
        isReady={reason.trim() !== ""}
        action={async () => {
          await watchingApi.exclude(study, names, reason);
          onExcluded(names);
        }}
      >
        <Field
          label={text.reason}
          means={text.reasonMeans}
          value={reason}
          maxLength={2000}
          onText={setReason}
        />
      </ActionForm>
    </div>
  );
}

function Undo({ study, names, onUndone }: { study: string; names: readonly string[]; onUndone: () => void }) {
  const { working, refused, run } = useAction();
  return (
    <>
      <Failure refused={refused} />
      <p role="status" class="row">
        <span>{text.done(names.length)}</span>
        <button
          type="button"
          disabled={working}
          onClick={() =>
            run(async () => {
              await watchingApi.lift(study, names);
              onUndone();
            })
          }
        >
          {text.undo}
        </button>
      </p>
    </>
  );
}
