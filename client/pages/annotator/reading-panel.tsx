import type { Sheet } from "../../../server/contract/judging.ts";
import { words } from "../../words/annotator.ts";
import type { Judging } from "./judging.ts";
import { type Face, reading, type Theme } from "./reading.ts";

const FACES: readonly Face[] = ["serif", "sans"];
const THEMES: readonly Theme[] = ["device", "light", "dark"];

/** Text size, letters, light or dark, long lines, keys, and the language of the question where there is more than one. */
export function ReadingPanel({ judging, sheet }: { judging: Judging; sheet: Sheet | null }) {
  return (
    <div class="reading-panel">
      <fieldset class="sizes">
        <legend>{words.textSize}</legend>
        <button type="button" disabled={!reading.canShrink.value} onClick={reading.shrink}>
          {words.smaller}
        </button>
        <output>{words.sizePercent(reading.percent.value)}</output>
        <button type="button" disabled={!reading.canGrow.value} onClick={reading.grow}>
          {words.larger}
        </button>
      </fieldset>
      <fieldset class="faces">
        <legend>{words.face}</legend>
        {FACES.map((face) => (
          <label key={face} class={`face-${face}`}>
            <input
              type="radio"
              name="face"
              checked={reading.face.value === face}
              onChange={() => reading.use(face)}
            />
            {words[face]}
          </label>
        ))}
      </fieldset>
      <fieldset class="themes">
        <legend>{words.theme}</legend>
        {THEMES.map((theme) => (
          <label key={theme}>
            <input
              type="radio"
              name="theme"
              checked={reading.theme.value === theme}
              onChange={() => reading.useTheme(theme)}
            />
            {words.themes[theme]}
          </label>
        ))}
      </fieldset>
      <fieldset class="lines">
        <legend>{words.longLines}</legend>
        <label>
          <input type="checkbox" checked={reading.wrap.value} onChange={reading.switchWrap} />
          {words.wrapLines}
        </label>
      </fieldset>
      <fieldset class="keys">
        <legend>{words.keysTitle}</legend>
        <label>
          <input
            type="checkbox"
            checked={reading.keys.value}
            onChange={(event) => reading.useKeys(event.currentTarget.checked)}
          />
          {words.keysSwitch(sheet?.options.both_bad !== undefined)}
        </label>
      </fieldset>
      {sheet && sheet.languages.length > 1 && <LanguageChoice judging={judging} sheet={sheet} />}
    </div>
  );
}

function LanguageChoice({ judging, sheet }: { judging: Judging; sheet: Sheet }) {
  return (
    <label class="languages">
      {words.questionLanguage}
      <select
        value={sheet.language}
        onChange={(event) => void judging.useLanguage(event.currentTarget.value)}
      >
        {sheet.languages.map((tag) => (
          <option key={tag} value={tag} lang={tag}>
            {nameOf(tag)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A language in its own words, such as `Deutsch`; its tag where the browser does not know it. */
function nameOf(tag: string): string {
  try {
    return new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
