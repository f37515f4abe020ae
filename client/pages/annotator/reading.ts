import { computed, signal } from "@preact/signals";
import { hashOf } from "../../outbox/keeper.ts";

export type Face = "serif" | "sans";
export type Theme = "device" | "light" | "dark";

const SCHEMES: Readonly<Record<Theme, string>> = { device: "", light: "light", dark: "dark" };

const SCALES = [0.85, 1, 1.15, 1.3, 1.5, 1.75] as const;
const NORMAL = SCALES.indexOf(1);
/** Set by `start`: whose settings these are. */
let keptAs: string | null = null;

const size = signal<number>(NORMAL);
const face = signal<Face>("serif");
const theme = signal<Theme>("device");
const wrap = signal(false);
const keys = signal(true);

/**
 * How this reader likes to work: the size and letters of every text, light or dark, whether long lines of code and tables
 * wrap, and whether single keys choose. Kept in this browser for each personal link, as several people may share a device.
 */
export const reading = {
  percent: computed(() => Math.round((SCALES[size.value] ?? 1) * 100)),
  face: computed(() => face.value),
  theme: computed(() => theme.value),
  wrap: computed(() => wrap.value),
  keys: computed(() => keys.value),
  canShrink: computed(() => size.value > 0),
  canGrow: computed(() => size.value < SCALES.length - 1),

  /** Reads what was kept for somebody with this personal link, and applies it; null: for nobody. */
  start(token: string | null): void {
    keptAs = token && `tiebreak-reading-${hashOf(token)}`;
    const kept = readKept();
    size.value = kept.size in SCALES ? kept.size : NORMAL;
    face.value = kept.face === "sans" ? "sans" : "serif";
    theme.value = kept.theme;
    wrap.value = kept.wrap;
    keys.value = kept.keys;
    apply();
  },
  grow: () => change(() => (size.value = Math.min(size.value + 1, SCALES.length - 1))),
  shrink: () => change(() => (size.value = Math.max(size.value - 1, 0))),
  use: (next: Face) => change(() => (face.value = next)),
  useTheme: (next: Theme) => change(() => (theme.value = next)),
  switchWrap: () => change(() => (wrap.value = !wrap.value)),
  useKeys: (next: boolean) => change(() => (keys.value = next)),
  /** Deletes what is kept. @throws where the browser keeps nothing */
  forget: () => keptAs && localStorage.removeItem(keptAs),
};

function change(step: () => void): void {
  step();
  apply();
  try {
    if (keptAs) localStorage.setItem(keptAs, JSON.stringify(now()));
  } catch {
    // this browser keeps nothing: it holds until the page is closed
  }
}

const now = (): Kept => ({
  size: size.value,
  face: face.value,
  theme: theme.value,
  wrap: wrap.value,
  keys: keys.value,
});

function apply(): void {
  const { style } = document.documentElement;
  style.setProperty("--reading-scale", String(SCALES[size.value] ?? 1));
  style.setProperty("--reading-face", `var(--face-${face.value})`);
  style.colorScheme = SCHEMES[theme.value];
}

interface Kept {
  readonly size: number;
  readonly face: string;
  readonly theme: Theme;
  readonly wrap: boolean;
  readonly keys: boolean;
}

function readKept(): Kept {
  try {
    const kept = JSON.parse((keptAs && localStorage.getItem(keptAs)) ?? "{}") as Partial<Kept>;
    const { size = NORMAL, face = "serif" } = kept;
    const theme = kept.theme && kept.theme in SCHEMES ? kept.theme : "device";
    return { size, face, theme, wrap: kept.wrap === true, keys: kept.keys !== false };
  } catch {
    return { size: NORMAL, face: "serif", theme: "device", wrap: false, keys: true };
  }
}
