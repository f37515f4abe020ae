import os from "node:os";
import type { RunProcess } from "../../judges/run-store.ts";

/** This process by host and number, and what it knows of others on the same host. */
export function thisProcess(): RunProcess {
  const host = os.hostname();
  return {
    name: `${host}:${process.pid}`,
    isAlive(name) {
      const [other, pid] = [
        name.slice(0, name.lastIndexOf(":")),
        Number(name.slice(name.lastIndexOf(":") + 1)),
      ];
      if (other !== host || !Number.isSafeInteger(pid) || pid <= 0) return null;
      try {
        process.kill(pid, 0);
        return true;
      } catch (error) {
        return (error as NodeJS.ErrnoException).code === "EPERM";
      }
    },
  };
}
