import { afterAll, onTestFinished, TestRunner } from "vitest";

type TakeAway = () => Promise<void> | void;

const ofFile: TakeAway[] = [];

/** Has something taken away after the test that runs now, or, made before the tests of a file, after the last of them. */
export function cleanUpLater(takeAway: TakeAway): void {
  if (TestRunner.getCurrentTest()) onTestFinished(takeAway);
  else ofFile.push(takeAway);
}

/** Runs before each test file, also where the files of a worker share their modules. */
export function registerCleanUp(): void {
  afterAll(async () => {
    for (const takeAway of ofFile.splice(0).reverse()) await takeAway();
  });
}
