import fs from "node:fs";
import { freePort } from "../../tests/support/postgres.ts";
import type { Browser, Protocol } from "./driven.ts";
import { installed, type Program, startProgram, temporaryFolder } from "./processes.ts";

const LIBRARIES = "/usr/lib";

/** WebKitGTK's small browser, driven through WebDriver: https://www.w3.org/TR/webdriver2/. */
export function webkit(): Browser {
  const driver = installed("WebKitWebDriver");
  const browser = installed(...miniBrowsers());
  if (driver === undefined || browser === undefined) return { missing: "webkit2gtk-driver is not installed" };
  const screen = process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY;
  const xvfb = installed("Xvfb");
  if (screen === undefined && xvfb === undefined) return { missing: "it needs a screen: install xvfb" };
  return { start: () => start({ driver, browser, xvfb: screen === undefined ? xvfb : undefined }) };
}

/** Where Debian puts it: below the machine's architecture and the version of the interface. */
function miniBrowsers(): string[] {
  const folders = fs.existsSync(LIBRARIES) ? fs.readdirSync(LIBRARIES) : [];
  return folders
    .filter((name) => name.endsWith("-linux-gnu"))
    .flatMap((name) =>
      ["6.0", "4.1", "4.0"].flatMap((version) =>
        ["webkitgtk", "webkit2gtk"].map((kind) => `${LIBRARIES}/${name}/${kind}-${version}/MiniBrowser`),
      ),
    );
}

interface Programs {
  readonly driver: string;
  readonly browser: string;
  /** A screen to start; undefined where there is one. */
  readonly xvfb: string | undefined;
}

async function start({ driver, browser, xvfb }: Programs): Promise<Protocol> {
  const { folder, remove } = temporaryFolder();
  const running: Program[] = [];
  const end = async (): Promise<void> => {
    for (const program of running.reverse()) await program.end();
    remove();
  };
  try {
    const env: NodeJS.ProcessEnv = { HOME: folder, XDG_DATA_HOME: folder, XDG_CACHE_HOME: folder };
    if (xvfb !== undefined) {
      const screen = await startProgram(
        [xvfb, "-displayfd", "1", "-screen", "0", "1280x1000x24"],
        /^(\d+)$/m,
      );
      running.push(screen);
      env.DISPLAY = `:${screen.ready}`;
    }
    const port = await freePort();
    const address = `http://127.0.0.1:${port}`;
    running.push(await startProgram([driver, `--port=${port}`], { answers: `${address}/status` }, env));
    return { ...(await session(address, browser)), end };
  } catch (error) {
    await end();
    throw error;
  }
}

async function session(driver: string, binary: string): Promise<Omit<Protocol, "end">> {
  const options = { binary, args: ["--automation"] };
  const capabilities = { alwaysMatch: { "webkitgtk:browserOptions": options } };
  const made = (await send(`${driver}/session`, { capabilities })) as {
    sessionId: string;
    capabilities: { browserName: string; browserVersion: string };
  };
  const at = `${driver}/session/${made.sessionId}`;
  return {
    browser: `${made.capabilities.browserName} ${made.capabilities.browserVersion}`,
    async open(url) {
      await send(`${at}/url`, { url });
    },
    async evaluate(expression) {
      const json = await send(`${at}/execute/sync`, {
        script: `return JSON.stringify(${expression})`,
        args: [],
      });
      return JSON.parse((json as string | null) ?? "null") as unknown;
    },
    async perform(actions) {
      await send(`${at}/actions`, { actions });
    },
  };
}

/** @throws Error where the driver refuses a command */
async function send(url: string, body: object): Promise<unknown> {
  const reply = await fetch(url, { method: "POST", body: JSON.stringify(body) });
  const { value } = (await reply.json()) as { value: unknown };
  if (!reply.ok) throw new Error(`${url}: ${JSON.stringify(value)}`);
  return value;
}
