import type { ColumnUse, Upload, UploadChange, UploadColumn } from "../../../../server/contract/uploads.ts";
import { words } from "../../../words/dashboard.ts";

const text = words.setup.columns;
type Columns = NonNullable<UploadChange["settings"]["columns"]>;

/** What can be chosen, in groups. */
const USES: Record<keyof typeof text.groups, readonly ColumnUse[]> = {
  texts: ["prompt", "prompt_id", "output", "system", "source"],
  judgments: [
    ...(["system_a", "system_b", "winner", "left_system", "right_system", "choice"] as const),
    ...(["output_a", "output_b", "annotator", "rationale"] as const),
  ],
  rest: ["metadata", "left out"],
};

/** The columns of files that are alike, with their first values and what each is taken for, which can be chosen. */
export function ColumnTable({
  files,
  isOpen,
  set,
}: {
  files: readonly Upload[];
  isOpen: boolean;
  set: (columns: Columns) => void;
}) {
  const [first] = files;
  if (!first) return null;
  const chosen = first.settings.columns ?? {};
  const choose = (name: string, use: ColumnUse | "") => set({ [name]: use === "" ? null : use });
  const count = first.columns.length;
  return (
    <details class="columns" open={isOpen || Object.keys(chosen).length > 0}>
      <summary>{files.length > 1 ? text.ofSeveral(count, files.length) : text.title(count)}</summary>
      <div class="scroller">
        <table>
          <thead>
            <tr>
              <th scope="col">{text.column}</th>
              <th scope="col">{text.takenFor}</th>
              <th scope="col">{text.samples}</th>
            </tr>
          </thead>
          <tbody>
            {first.columns.map((column) => (
              <Column key={column.name} column={column} use={chosen[column.name] ?? ""} choose={choose} />
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function Column({
  column: { name, samples, takenFor, looksLike },
  use,
  choose,
}: {
  column: UploadColumn;
  use: ColumnUse | "";
  choose: (name: string, use: ColumnUse | "") => void;
}) {
  return (
    <tr>
      <th scope="row">
        <code dir="auto">{name}</code>
        {takenFor === null && use === "" && looksLike !== null && (
          <span class="aside">{text.looksLike(looksLike)}</span>
        )}
      </th>
      <td>
        <select
          aria-label={text.takenForOf(name)}
          value={use}
          class={use === "" ? "automatic" : undefined}
          onChange={(event) => choose(name, event.currentTarget.value as ColumnUse | "")}
        >
          <option value="">{takenFor === null ? text.open : text.automatic(takenFor)}</option>
          {(Object.keys(USES) as (keyof typeof USES)[]).map((group) => (
            <optgroup key={group} label={text.groups[group]}>
              {USES[group].map((one) => (
                <option key={one} value={one}>
                  {text.uses[one]}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </td>
      <td class="samples">
        {samples.map((sample, at) => (
          <p key={at} dir="auto">
            {sample}
          </p>
        ))}
      </td>
    </tr>
  );
}
