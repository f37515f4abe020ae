import { useLayoutEffect, useRef } from "preact/hooks";
import type { Sheet } from "../../../../server/contract/judging.ts";
import type { Flag, FlagOf } from "../../../../server/contract/remarks.ts";
import type { Choice } from "../../../../server/contract/words.ts";
import { words } from "../../../words/annotator-more.ts";
import type { Draft } from "../../../outbox/held-work.ts";
import { remarksOf } from "../drafts.ts";
import { panelId, type Panels } from "../use-panels.ts";

const text = words.remarks;
const OF: readonly FlagOf[] = ["left", "right", "prompt"];
/** As the server takes it. */
const COMMENT_MAX = 2000;

interface RemarksProps {
  panels: Panels;
  sheet: Sheet;
  draft: Draft;
}

/** Opens what can be remarked on the pair, in studies that want it; shows whether anything is. */
export function RemarksButton({ panels, sheet, draft }: RemarksProps) {
  if (!sheet.comment && !sheet.flags) return null;
  const isAny = Object.keys(remarksOf(draft)).length > 0;
  return (
    <button
      type="button"
      class="plain"
      aria-expanded={panels.open === "remarks"}
      aria-controls={panelId("remarks")}
      onClick={() => panels.toggle("remarks")}
    >
      {sheet.flags ? (sheet.comment ? text.both : text.flag) : text.comment}
      {isAny && <span class="chosen">{text.noted}</span>}
    </button>
  );
}

interface RemarksPanelProps extends RemarksProps {
  onChange: (draft: Draft) => void;
  onClose: () => void;
  /** Records the choice that needed a comment. */
  onRecord: (choice: Choice) => void;
}

/** A comment and flags, in place of the choices; they are sent with the answer. */
export function RemarksPanel(props: RemarksPanelProps) {
  const open = props.panels.open === "remarks";
  return (
    <section id={panelId("remarks")} class="cannot remarks" aria-label={text.both} hidden={!open}>
      {open && <Remarks {...props} />}
    </section>
  );
}

function Remarks({ panels, sheet, draft, onChange, onClose, onRecord }: RemarksPanelProps) {
  const heading = useRef<HTMLParagraphElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const { wanted, comment = "", flags = [] } = draft;
  useLayoutEffect(() => {
    (wanted ? field : heading).current?.focus({ preventScroll: true });
    return onClose;
  }, []);
  return (
    <>
      <p id="remarks-heading" ref={heading} tabIndex={-1}>
        {wanted ? (
          <>
            {text.why} <bdi lang={sheet.language}>{sheet.options[wanted]}</bdi>
          </>
        ) : (
          text.title
        )}
      </p>
      {sheet.comment && (
        <label class="comment">
          {text.comment}
          <textarea
            ref={field}
            rows={3}
            dir="auto"
            maxLength={COMMENT_MAX}
            value={comment}
            onInput={(event) => onChange({ ...draft, comment: event.currentTarget.value })}
          />
        </label>
      )}
      {sheet.flags && (
        <Flags names={sheet.flags} flags={flags} onChange={(next) => onChange({ ...draft, flags: next })} />
      )}
      <div class="reasons">
        {wanted && (
          <button
            type="button"
            class="primary"
            disabled={comment.trim() === ""}
            onClick={() => onRecord(wanted)}
          >
            {text.record}
          </button>
        )}
        <button type="button" class={wanted ? "plain" : undefined} onClick={panels.close}>
          {text.back}
        </button>
      </div>
    </>
  );
}

interface FlagsProps {
  names: readonly string[];
  flags: readonly Flag[];
  onChange: (flags: Flag[]) => void;
}

/** One row for each flag, and a box for each of the two answers and the prompt. */
function Flags({ names, flags, onChange }: FlagsProps) {
  const isOn = (flag: string, of: FlagOf) => flags.some((one) => one.flag === flag && one.of === of);
  const toggle = (flag: string, of: FlagOf) => {
    const others = flags.filter((one) => one.flag !== flag || one.of !== of);
    onChange(isOn(flag, of) ? others : [...others, { flag, of }]);
  };
  return (
    <table class="flags">
      <thead>
        <tr>
          <th scope="col">{text.flags}</th>
          {OF.map((of) => (
            <th key={of} scope="col">
              {text.of[of]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {names.map((flag) => (
          <tr key={flag}>
            <th scope="row" dir="auto">
              {text.known[flag] ?? flag}
            </th>
            {OF.map((of) => (
              <td key={of}>
                <label>
                  <input
                    type="checkbox"
                    aria-label={`${text.known[flag] ?? flag}: ${text.of[of]}`}
                    checked={isOn(flag, of)}
                    onChange={() => toggle(flag, of)}
                  />
                </label>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
