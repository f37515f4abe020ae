import type { Upload, UploadChange, Uploads } from "../../../../server/contract/uploads.ts";
import "./read-as.css";
import { words } from "../../../words/dashboard.ts";

const text = words.setup.readAs;

interface ReadAsProps {
  /** The first of the files that are alike. */
  file: Upload;
  ways: Uploads["ways"];
  set: (settings: UploadChange["settings"]) => void;
}

/** How files that are alike are read, where their content does not tell or tells wrongly; folded away where it does. */
export function ReadAs({ file: { settings, problem }, ways, set }: ReadAsProps) {
  const { format = null, recipe = null, encoding = null } = settings;
  const value = format !== null ? `format ${format}` : recipe !== null ? `recipe ${recipe}` : "";
  const choose = (chosen: string) => {
    const [kind, name = null] = chosen.split(" ");
    set({ format: kind === "format" ? name : null, recipe: kind === "recipe" ? name : null });
  };
  return (
    <details class="read-as" open={problem !== null || value !== "" || encoding !== null}>
      <summary>{text.title}</summary>
      <label>
        {text.readAs}
        <select value={value} onChange={(event) => choose(event.currentTarget.value)}>
          <option value="">{text.byContent}</option>
          <optgroup label={text.formats}>
            {ways.formats.map((name) => (
              <option key={name} value={`format ${name}`}>
                {name === "wide" ? text.wide : name}
              </option>
            ))}
          </optgroup>
          <optgroup label={text.recipes}>
            {ways.recipes.map(({ name, title }) => (
              <option key={name} value={`recipe ${name}`}>
                {title === "" ? name : text.recipe(name, title)}
              </option>
            ))}
          </optgroup>
        </select>
      </label>
      <label>
        {text.encoding}
        <select
          value={encoding ?? ""}
          onChange={(event) => set({ encoding: event.currentTarget.value || null })}
        >
          <option value="">{text.utf8}</option>
          {ways.encodings.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </details>
  );
}
