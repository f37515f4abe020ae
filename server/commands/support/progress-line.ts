import type { LoadProgress } from "../../loading/progress.ts";

/** How far some work is. `of` null: nobody knows how much there is. */
interface Progress {
  /** What is worked on: a file, or what is done to it. */
  readonly what: string;
  readonly done: number;
  readonly of: number | null;
  /** How much of the work is done, from 0 to 1, where only that is known; null or missing: it is not. */
  readonly share?: number | null;
  /** What is counted, in the plural. */
  readonly unit: string;
}

/** Work that is shorter is not worth a line. */
const QUIET_MS = 2000;
const EVERY_MS = 250;

/**
 * A line on the terminal that shows how far long work is, how fast it goes, and how long it still takes; nothing where
 * standard error is no terminal.
 */
export class ProgressLine {
  readonly #now: () => number;
  readonly #write: ((text: string) => void) | null;
  #what: string | null = null;
  readonly #begun: number;
  #since = 0;
  #shownAt = 0;
  #isShown = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(now = () => performance.now(), write = writerTo(process.stderr)) {
    this.#now = now;
    this.#write = write;
    this.#begun = now();
  }

  /** Begins a step of which nobody knows how far it is: shown once the work takes longer than two seconds. */
  step(what: string): void {
    clearTimeout(this.#timer);
    this.#what = null;
    const write = () => {
      this.#isShown = true;
      this.#write?.(`\r\x1b[K${what} …`);
    };
    const waitMs = QUIET_MS - (this.#now() - this.#begun);
    if (waitMs <= 0) write();
    else if (this.#write) this.#timer = setTimeout(write, waitMs).unref();
  }

  show(progress: Progress): void {
    const at = this.#now();
    if (progress.what !== this.#what) {
      clearTimeout(this.#timer);
      this.#what = progress.what;
      this.#since = at;
    }
    if (at - this.#since < QUIET_MS || at - this.#shownAt < EVERY_MS) return;
    this.#shownAt = at;
    this.#isShown = true;
    this.#write?.(`\r\x1b[K${progressText(progress, at - this.#since)}`);
  }

  /** Takes the line away. */
  clear(): void {
    clearTimeout(this.#timer);
    if (this.#isShown) this.#write?.("\r\x1b[K");
    this.#isShown = false;
    this.#what = null;
  }
}

/** The progress of a load. */
export const rowsOf = ({ file, rows, share }: LoadProgress): Progress => ({
  what: file,
  done: rows,
  of: null,
  share,
  unit: "rows",
});

/** Does work with a line of progress, which is gone when the work ends. */
export async function withProgress<T>(use: (line: ProgressLine) => Promise<T>): Promise<T> {
  const line = new ProgressLine();
  try {
    return await use(line);
  } finally {
    line.clear();
  }
}

const writerTo = (stream: NodeJS.WriteStream) =>
  stream.isTTY ? (text: string) => void stream.write(text) : null;

/**
 * @param ms how long the work has taken until here; the pace is that of all of it
 * @internal
 */
export function progressText({ what, done, of, share = null, unit }: Progress, ms: number): string {
  const perSecond = done / (ms / 1000);
  const rate = `${rounded(perSecond)} per second`;
  const number = (value: number) => value.toLocaleString("en");
  if (of === null) {
    const rest = share !== null && share > 0 && share < 1 ? ((1 - share) / share) * (ms / 1000) : null;
    return `${what}: ${number(done)} ${unit}, ${rate}${rest === null ? "" : `, ${timeText(rest)} left`} …`;
  }
  const left = done >= of || perSecond === 0 ? "" : `, ${timeText((of - done) / perSecond)} left`;
  return `${what}: ${number(done)} of ${number(of)} ${unit}, ${rate}${left} …`;
}

const rounded = (value: number): string =>
  (value < 10 ? Number(value.toPrecision(2)) : Math.round(value)).toLocaleString("en");

function timeText(seconds: number): string {
  if (seconds < 1) return "less than 1 s";
  if (seconds < 90) return `about ${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `about ${minutes} min` : `about ${(minutes / 60).toFixed(1)} h`;
}
