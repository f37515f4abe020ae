import { firefox } from "./browsers/firefox.ts";
import { mainWay } from "./browsers/main-way.ts";
import { webkit } from "./browsers/webkit.ts";

/**
 * A step of `npm run nightly`: the main way of an annotator, against the built server, in browsers other than the one of the
 * tests. One that is not installed is left out, with a line that names what is missing.
 */
const BROWSERS = { Firefox: firefox, WebKit: webkit };

for (const [name, find] of Object.entries(BROWSERS)) {
  const browser = find();
  if ("missing" in browser) {
    console.log(`${name}: left out, as ${browser.missing}`);
    continue;
  }
  const begun = Date.now();
  const protocol = await browser.start();
  try {
    await mainWay(protocol);
    console.log(`${name}: passed in ${protocol.browser} (${Math.round((Date.now() - begun) / 1000)} s)`);
  } catch (error) {
    console.log(`${name}: FAILED in ${protocol.browser}: ${String(error)}`);
    process.exitCode = 1;
  } finally {
    await protocol.end();
  }
}
