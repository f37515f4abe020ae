import fs from "node:fs";
import path from "node:path";

/** Public sample data beside the checkout; it is no part of the project. */
export const SHARED_DATA = path.resolve(import.meta.dirname, "../../../shared/data");

/** Whether a folder of the sample data is there; says so where it is not, and its tests are skipped. */
export function sharedData(folder: string): boolean {
  const there = fs.existsSync(path.join(SHARED_DATA, folder));
  if (!there) console.log(`Skipped: the sample data ${folder} is not beside the checkout.`);
  return there;
}
