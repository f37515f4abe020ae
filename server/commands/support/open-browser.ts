import { spawn } from "node:child_process";

/**
 * Opens an address in this machine's browser, if it has one; the address is printed anyway, so nothing hangs on it. The
 * variable BROWSER, where it is “none”, keeps it closed, as with other tools.
 */
export function openBrowser(url: string): void {
  if (process.env.BROWSER === "none") return;
  const [command, ...args] = OPENERS[process.platform] ?? ["xdg-open"];
  const child = spawn(command!, [...args, url], { stdio: "ignore", detached: true });
  child.on("error", () => undefined);
  child.unref();
}

const OPENERS: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ["open"],
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
};
