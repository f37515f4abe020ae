import type { LoadReport } from "../../../../server/contract/loading.ts";
import type { Upload, UploadChange, Uploads } from "../../../../server/contract/uploads.ts";
import type { GroupKind } from "../../../../server/contract/words.ts";
import { words } from "../../../words/dashboard.ts";
import { asOnPage } from "./as-on-page.ts";
import { isUnclear } from "./alike-files.ts";
import { ColumnTable } from "./column-table.tsx";
import { ReadAs } from "./read-as.tsx";
import { SavedInput } from "./saved-input.tsx";

const text = words.setup.waiting;

interface FileGroupProps {
  /** Files that are alike. */
  files: readonly Upload[];
  /** What a check of all files came to; null where there is none of them as they are now. */
  report: LoadReport | null;
  /** How files can be read. */
  ways: Uploads["ways"];
  change: (ids: number[], settings: UploadChange["settings"]) => void;
  remove: (ids: number[]) => void;
}

/** Files that are alike: a row each, and what their columns are taken for, once. */
export function FileGroup({ files, report, ways, change, remove }: FileGroupProps) {
  const [first] = files;
  if (!first) return null;
  if (first.leftOut !== null) return <LeftOut files={files} remove={remove} />;
  const ids = files.map(({ id }) => id);
  const isAnyUnclear = files.some(isUnclear);
  const other = files.filter((file) => file.problem !== null && !isUnclear(file));
  const hasJudgments = files.some(({ holds }) => holds.includes("judgments"));
  return (
    <div class="file-group">
      <div class="scroller">
        <table class="files">
          <thead>
            <tr>
              <th scope="col">{text.use}</th>
              <th scope="col">{text.file}</th>
              <th scope="col">{text.system}</th>
              <th scope="col">{text.holds}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {files.map((file) => (
              <FileRow key={file.id} {...{ file, report, change, remove }} />
            ))}
          </tbody>
        </table>
      </div>
      {isAnyUnclear && (
        <p class="warning">{files.length > 1 ? text.unclearOfSeveral(files.length) : text.unclear}</p>
      )}
      {other.map(({ name, problem }) => (
        <p key={name} class="failure">
          <bdi>{name}</bdi>: {problem && asOnPage(problem.message)}
        </p>
      ))}
      {hasJudgments && (
        <JudgedBy value={first.settings.judgedBy ?? null} set={(judgedBy) => change(ids, { judgedBy })} />
      )}
      <ReadAs file={first} ways={ways} set={(settings) => change(ids, settings)} />
      {first.columns.length > 0 && (
        <ColumnTable files={files} isOpen={isAnyUnclear} set={(columns) => change(ids, { columns })} />
      )}
    </div>
  );
}

function FileRow({
  file,
  report,
  change,
  remove,
}: { file: Upload } & Omit<FileGroupProps, "files" | "ways">) {
  const { id, name, settings, isNamedByFile, systems } = file;
  return (
    <tr>
      <td>
        <input
          type="checkbox"
          checked={settings.isUsed !== false}
          aria-label={text.useFile(name)}
          onChange={(event) => change([id], { isUsed: event.currentTarget.checked })}
        />
      </td>
      <th scope="row">
        <bdi>{name}</bdi>
        <span class="aside">
          {file.format === null ? text.unknown : text.readAs(file.format)}, {words.setup.bytes(file.bytes)}
        </span>
      </th>
      <td>
        {isNamedByFile ? (
          <SavedInput
            type="text"
            class="system-name"
            required
            maxLength={200}
            value={systems[0] ?? ""}
            aria-label={text.systemOf(name)}
            save={(system) => change([id], { system })}
          />
        ) : (
          <bdi>{listed(systems)}</bdi>
        )}
      </td>
      <td>{holdsOf(file, report)}</td>
      <td>
        <button type="button" class="plain" onClick={() => remove([id])}>
          {text.remove} <span class="out-of-sight">{name}</span>
        </button>
      </td>
    </tr>
  );
}

const SYSTEMS_SHOWN = 4;

const listed = (systems: readonly string[]): string =>
  [
    systems.slice(0, SYSTEMS_SHOWN).join(", "),
    ...(systems.length > SYSTEMS_SHOWN ? [text.more(systems.length - SYSTEMS_SHOWN)] : []),
  ].join(" ");

/** What a check counted; before it, what the first rows hold. */
function holdsOf({ name, holds }: Upload, report: LoadReport | null): string {
  const files = report?.files.filter(({ file }) => file === name || file.startsWith(`${name}/`)) ?? [];
  const counted = (["prompts", "responses", "judgments"] as const).flatMap((kind) => {
    const read = files.reduce((sum, file) => sum + file[kind].read, 0);
    return read > 0 ? [text.count(read, text.counts[kind])] : [];
  });
  if (counted.length > 0) return counted.join(", ");
  return holds.length > 0 ? holds.map((kind) => text.kinds[kind]).join(", ") : text.nothing;
}

function JudgedBy({ value, set }: { value: GroupKind | null; set: (kind: GroupKind | null) => void }) {
  return (
    <label class="judged-by">
      {text.judgedBy}
      <select
        value={value ?? ""}
        onChange={(event) => set((event.currentTarget.value || null) as GroupKind | null)}
      >
        {Object.entries(text.judgedKinds).map(([kind, label]) => (
          <option key={kind} value={kind}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Files that hold no rows, folded away. */
function LeftOut({ files, remove }: Pick<FileGroupProps, "files" | "remove">) {
  return (
    <details class="left-out">
      <summary>{text.leftOut(files.length)}</summary>
      <ul>
        {files.map(({ id, name, leftOut }) => (
          <li key={id}>
            <bdi>{name}</bdi>: {leftOut}{" "}
            <button type="button" class="plain" onClick={() => remove([id])}>
              {text.remove} <span class="out-of-sight">{name}</span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
