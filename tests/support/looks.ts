import type { BrowserContextOptions } from "playwright-core";
import { isWhole } from "./effort.ts";

const WIDE = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

const ALL: [string, BrowserContextOptions][] = [
  ["light", { colorScheme: "light", ...WIDE }],
  ["dark on a phone", { colorScheme: "dark", ...PHONE }],
  ["dark", { colorScheme: "dark", ...WIDE }],
  ["light on a phone", { colorScheme: "light", ...PHONE }],
];

/** For `it.each`: in `npm test` each colour scheme and each screen once, in `npm run nightly` each scheme on each screen. */
export const LOOKS = isWhole ? ALL : ALL.slice(0, 2);
