import { expect, test } from "vitest";
import { AnnotatorWorld } from "./annotator-world.ts";

test("a page fetches a sheet that was amended, keeps its pairs, and says which one it showed", async () => {
  const world = new AnnotatorWorld(4);
  await world.start();
  const { judging, server } = world;
  const { buffer } = judging.held.value;
  judging.choose("left", 1000);
  await world.settle();
  server.revision = 2;
  judging.choose("left", 1000); // under the sheet that is on the screen
  await world.settle();
  expect(judging.held.value.sheet?.question).toBe("Question 2");
  expect(judging.held.value.buffer).toEqual(buffer.slice(2));
  server.revision = 3;
  world.network = "down";
  judging.choose("left", 1000);
  await world.settle();
  world.network = "up";
  await world.pass();
  judging.choose("left", 1000);
  await world.settle();
  expect(server.revisionsShown).toEqual([undefined, undefined, 2, 3]);
  expect(judging.held.value.sheet?.question).toBe("Question 3");
});
