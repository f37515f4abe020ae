import type { TestProject } from "vitest/node";
import { startBrowser } from "./browser-server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the browser of the run takes connections. */
    browserEndpoint: string;
  }
}

/** One browser for a whole test run. */
export default async function setup(project: TestProject) {
  const browser = await startBrowser();
  project.provide("browserEndpoint", browser.wsEndpoint());
  return () => browser.close();
}
