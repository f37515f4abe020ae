import { expect, test } from "vitest";
import { shownView } from "../../../client/outbox/held-work.ts";
import { AnnotatorWorld, viewNumber } from "./annotator-world.ts";

test("a page that asks for its finish goes on where a pair has become free meanwhile", async () => {
  const world = new AnnotatorWorld(1);
  await world.start();
  world.judging.choose("left", 1000);
  await world.settle();
  expect(world.judging.held.value.state).toBe("done");
  world.server.views.push(viewNumber(1));
  expect(await world.judging.askFinish(), "it has not ended").toBe(false);
  await world.settle();
  expect(world.judging.held.value.state).toBe("work");
  expect(shownView(world.judging.held.value)?.assignment).toBe(viewNumber(1).assignment);
});
