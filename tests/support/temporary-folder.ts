import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const IN_MEMORY = "/dev/shm";
/** A run leaves less than one gigabyte until it ends. */
const ROOM_BYTES = 2e9;
const FREE_MEMORY_BYTES = 4e9;
const NAME = /^tiebreak-tests-(\d+)$/;

/**
 * The folder of a run's temporary files: in memory where there is plenty, as a commit of SQLite waits for the disk, which was
 * half of the time of its tests. Processes are killed in tests, the power is never cut.
 */
export const temporaryFolder = (): string =>
  path.join(isRoomy(IN_MEMORY) ? IN_MEMORY : os.tmpdir(), `tiebreak-tests-${process.pid}`);

/** Whether a folder has room and takes programs: some machines run none from memory. */
function isRoomy(folder: string): boolean {
  const probe = path.join(folder, `tiebreak-probe-${process.pid}`);
  try {
    const { bavail, bsize } = fs.statfsSync(folder);
    if (bavail * bsize < ROOM_BYTES || os.freemem() < FREE_MEMORY_BYTES) return false;
    fs.writeFileSync(probe, "", { mode: 0o700 });
    fs.accessSync(probe, fs.constants.X_OK);
    return true;
  } catch {
    return false;
  } finally {
    fs.rmSync(probe, { force: true });
  }
}

/** Deletes what killed runs left beside the folder of a run. */
export function removeAbandoned(folder: string): void {
  const parent = path.dirname(folder);
  for (const name of fs.readdirSync(parent)) {
    const pid = NAME.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    try {
      fs.rmSync(path.join(parent, name), { recursive: true, force: true });
    } catch {
      // it is somebody else's
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
