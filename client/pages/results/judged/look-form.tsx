import { useState } from "preact/hooks";
import type { Report } from "../../../../server/contract/report.ts";
import { words } from "../../../words/results-judged.ts";
import { withBase } from "../../../base-path.ts";
import { useBlock } from "../use-block.ts";
import type { BlockShelf } from "../watch-block.ts";
import { type Look, MARKS, OUTCOMES, SORTS } from "./look.ts";

interface Props {
  report: Report;
  look: Look;
  show: (look: Look) => void;
  shelf: BlockShelf;
  /** Whether flags, skips and notes can be asked for. */
  isMember: boolean;
}

/** What is read, and in which order: each choice is made at once, and stands in the address. */
export function LookForm({ report, look, show, shelf, isMember }: Props) {
  return (
    <form class="look-form" onSubmit={(event) => event.preventDefault()}>
      <Choice
        label={words.sortBy}
        value={look.sort ?? "made"}
        choose={(sort) => show({ ...look, sort } as Look)}
      >
        {SORTS.map((sort) => (
          <option key={sort} value={sort}>
            {words.sorts[sort]}
          </option>
        ))}
      </Choice>
      <Groups {...{ report, look, show }} />
      <Pairs {...{ report, look, show }} />
      <Prompts look={look} show={show} shelf={shelf} />
      <Choice
        label={words.only}
        value={look.mark ?? ""}
        choose={(mark) => show({ ...look, mark: mark || undefined } as Look)}
      >
        <option value="">{words.anyMark}</option>
        {MARKS.filter((mark) => isMember || mark === "adjudicated" || mark === "open").map((mark) => (
          <option key={mark} value={mark}>
            {words.marks[mark]}
          </option>
        ))}
      </Choice>
      <TextSearch key={look.text ?? ""} look={look} show={show} />
      <p class="quiet keys">
        {words.keys} <a href={withBase("/methods/reading")}>{words.about}</a>
      </p>
    </form>
  );
}

type Part = Pick<Props, "report" | "look" | "show">;

function Groups({ report, look, show }: Part) {
  const groups = report.groups.map(({ name }) => name);
  const chooseGroup = (chosen: string) => {
    const { name, everyone } = JSON.parse(chosen) as { name?: string; everyone?: string };
    show({ ...look, group: name, everyone, also: undefined });
  };
  return (
    <Choice
      label={words.judgmentsOf}
      value={JSON.stringify({ name: look.group, everyone: look.everyone })}
      choose={chooseGroup}
    >
      <option value={JSON.stringify({})}>{words.allPeople}</option>
      <option value={JSON.stringify({ everyone: "yes" })}>{words.everyone}</option>
      {groups.map((name) => (
        <option key={name} value={JSON.stringify({ name })} dir="auto">
          {name}
        </option>
      ))}
    </Choice>
  );
}

function Pairs({ report, look, show }: Part) {
  const pairs = [...new Set(report.pairs.map(({ system, against }) => JSON.stringify([system, against])))];
  const choosePair = (pair: string) => {
    const [system, against] = pair === "" ? [] : (JSON.parse(pair) as string[]);
    show({ ...look, system, against, outcome: pair === "" ? undefined : look.outcome });
  };
  return (
    <>
      <Choice
        label={words.pair}
        value={
          look.system !== undefined && look.against !== undefined
            ? JSON.stringify([look.system, look.against])
            : ""
        }
        choose={choosePair}
      >
        <option value="">{words.allPairs}</option>
        {pairs.map((pair) => (
          <option key={pair} value={pair} dir="auto">
            {(JSON.parse(pair) as string[]).join(` ${words.against} `)}
          </option>
        ))}
      </Choice>
      {look.system !== undefined && (
        <Choice
          label={words.outcome}
          value={look.outcome ?? ""}
          choose={(outcome) => show({ ...look, outcome: outcome || undefined } as Look)}
        >
          <option value="">{words.anyOutcome}</option>
          {OUTCOMES.map((outcome) => (
            <option key={outcome} value={outcome}>
              {words.outcomesOfAny[outcome]}
            </option>
          ))}
        </Choice>
      )}
    </>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  choose: (value: string) => void;
  onFocus?: () => void;
  children: preact.ComponentChildren;
}

function Choice({ label, value, choose, onFocus, children }: ChoiceProps) {
  return (
    <label>
      <span>{label}</span>
      <select value={value} onFocus={onFocus} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        {children}
      </select>
    </label>
  );
}

/** The parts of the prompts, fetched as soon as somebody is about to choose one. */
function Prompts({ look, show, shelf }: Pick<Props, "look" | "show" | "shelf">) {
  const [choosing, setChoosing] = useState(false);
  const { part: slices } = useBlock(shelf, "slices", choosing);
  const { field, value } = look;
  const chosen = field === undefined || value === undefined ? null : JSON.stringify([field, value]);
  const fields = (slices ?? []).map((one) => ({
    field: one.field,
    values: [...new Set(one.slices.map((slice) => slice.value))],
  }));
  const isListed = fields.some((one) => one.field === field && one.values.includes(value ?? ""));
  const choose = (next: string) => {
    const [nextField, nextValue] = next === "" ? [] : (JSON.parse(next) as string[]);
    show({ ...look, field: nextField, value: nextValue });
  };
  return (
    <Choice label={words.promptsOf} value={chosen ?? ""} choose={choose} onFocus={() => setChoosing(true)}>
      <option value="">{words.anyPrompts}</option>
      {chosen !== null && !isListed && <option value={chosen} dir="auto">{`${field!} ${value!}`}</option>}
      {fields.map((one) => (
        <optgroup key={one.field} label={one.field}>
          {one.values.map((each) => (
            <option key={each} value={JSON.stringify([one.field, each])} dir="auto">
              {each}
            </option>
          ))}
        </optgroup>
      ))}
    </Choice>
  );
}

function TextSearch({ look, show }: Pick<Props, "look" | "show">) {
  const [text, setText] = useState(look.text ?? "");
  const search = () => show({ ...look, text: text.trim() === "" ? undefined : text.trim() });
  return (
    <label class="text-search">
      <span>{words.text}</span>
      <span class="with-button">
        <input
          type="search"
          dir="auto"
          maxLength={200}
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
          onKeyDown={({ key }) => key === "Enter" && search()}
        />
        <button type="button" onClick={search}>
          {words.search}
        </button>
      </span>
    </label>
  );
}
