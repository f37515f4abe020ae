import { computed, signal } from "@preact/signals";

export type Face = "serif" | "sans";

const SCALES = [0.85, 1, 1.15, 1.3, 1.5, 1.75] as const;
const NORMAL = SCALES.indexOf(1);
const KEPT_AS = "tiebreak-reading";

const size = signal<number>(NORMAL);
const face = signal<Face>("serif");
const keys = signal(true);

/** How this reader likes to work: the size and letters of every text, and whether single keys choose. Kept in this browser. */
export const reading = {
  percent: computed(() => Math.round((SCALES[size.value] ?? 1) * 100)),
  face: computed(() => face.value),
  keys: computed(() => keys.value),
  canShrink: computed(() => size.value > 0),
  canGrow: computed(() => size.value < SCALES.length - 1),

  /** Reads what was kept, and applies it. */
  start(): void {
    const kept = readKept();
    size.value = kept.size in SCALES ? kept.size : NORMAL;
    face.value = kept.face === "sans" ? "sans" : "serif";
    keys.value = kept.keys;
    apply();
  },
  grow: () => change(() => (size.value = Math.min(size.value + 1, SCALES.length - 1))),
  shrink: () => change(() => (size.value = Math.max(size.value - 1, 0))),
  use: (next: Face) => change(() => (face.value = next)),
  useKeys: (next: boolean) => change(() => (keys.value = next)),
};

function change(step: () => void): void {
  step();
  apply();
  try {
    localStorage.setItem(KEPT_AS, JSON.stringify({ size: size.value, face: face.value, keys: keys.value }));
  } catch {
    // this browser keeps nothing: it holds until the page is closed
  }
}

function apply(): void {
  const { style } = document.documentElement;
  style.setProperty("--reading-scale", String(SCALES[size.value] ?? 1));
  style.setProperty("--reading-face", `var(--face-${face.value})`);
}

interface Kept {
  readonly size: number;
  readonly face: string;
  readonly keys: boolean;
}

function readKept(): Kept {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT_AS) ?? "{}") as Partial<Kept>;
    return { size: kept.size ?? NORMAL, face: kept.face ?? "serif", keys: kept.keys !== false };
  } catch {
    return { size: NORMAL, face: "serif", keys: true };
  }
}
