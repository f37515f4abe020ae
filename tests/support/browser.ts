import { type Browser, chromium } from "playwright-core";
import { inject } from "vitest";

/** A connection to the browser of the run; closing it closes the pages that were opened through it. */
export const openBrowser = (): Promise<Browser> => chromium.connect(inject("browserEndpoint"));
