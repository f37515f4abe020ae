import { afterAll } from "vitest";

const leftovers: (() => Promise<void> | void)[] = [];

/** Has something taken away after the last test of the file that runs now. */
export const afterThisFile = (takeAway: () => Promise<void> | void): void => void leftovers.push(takeAway);

/** Runs before each test file, also where the files of a worker share their modules. */
export function registerCleanUp(): void {
  afterAll(async () => {
    for (const takeAway of leftovers.splice(0).reverse()) await takeAway();
  });
}
