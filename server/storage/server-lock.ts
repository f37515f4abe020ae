import fs from "node:fs";
import { TiebreakError } from "../contract/errors.ts";

/** What the one server process on an SQLite file says of itself, in a file beside it. */
export interface ServerMark {
  readonly pid: number;
  /** When the process started, in the system's own ticks: tells it from a later one with the same id. */
  readonly started: string;
  /** The address that the links carry. */
  readonly origin: string;
}

class ServerRunning extends TiebreakError {
  constructor(place: string, pid: number) {
    super(
      "ServerRunning",
      409,
      `A server is already running on ${place} (process ${pid}). Stop it first, or use its links.`,
    );
  }
}

const markOf = (place: string): string => `${place}.server`;

/** The server that works on this SQLite file now; null where there is none. */
export function runningServer(place: string): ServerMark | null {
  try {
    const mark = JSON.parse(fs.readFileSync(markOf(place), "utf8")) as ServerMark;
    return startOf(mark.pid) === mark.started ? mark : null;
  } catch {
    return null;
  }
}

/** Marks this process as the server of an SQLite file. @throws ServerRunning @returns how to give it back */
export function claimServer(place: string, mine: { pid: number; origin: string }): () => void {
  const other = runningServer(place);
  if (other && other.pid !== mine.pid) throw new ServerRunning(place, other.pid);
  const mark: ServerMark = { ...mine, started: startOf(mine.pid) ?? "" };
  fs.rmSync(markOf(place), { force: true });
  try {
    fs.writeFileSync(markOf(place), JSON.stringify(mark), { flag: "wx", mode: 0o600 });
  } catch {
    throw new ServerRunning(place, runningServer(place)?.pid ?? 0);
  }
  return () => fs.rmSync(markOf(place), { force: true });
}

/** The start time of a living process; null where there is none. */
function startOf(pid: number): string | null {
  try {
    process.kill(pid, 0);
  } catch {
    return null;
  }
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return ""; // no /proc here: the id alone must do
  }
}
