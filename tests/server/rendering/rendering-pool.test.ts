import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { renderText } from "../../../server/rendering/render-text.ts";
import {
  RendererClosed,
  RendererUnavailable,
  startRenderer,
} from "../../../server/rendering/rendering-pool.ts";
import type { Renderer } from "../../../server/rendering/rendering-pool.ts";
import { rendererWorkerUrl } from "../../../server/rendering/worker-url.ts";

const renderers: Renderer[] = [];

function start(worker: string | URL, deadlineMs?: number): Renderer {
  const renderer = startRenderer({ workerUrl: new URL(worker, import.meta.url), deadlineMs });
  renderers.push(renderer);
  return renderer;
}

afterEach(async () => {
  await Promise.all(renderers.splice(0).map((renderer) => renderer.close()));
});

describe("the real worker", () => {
  test("renders as renderText does, in order", async () => {
    const texts = Array.from({ length: 150 }, (_, index) => `**${index}** $x_{${index}}$ <b>`);
    expect(await start(rendererWorkerUrl()).render(texts)).toEqual(texts.map(renderText));
  });
});

describe("the pool", () => {
  test("renders nothing without a worker", async () => {
    expect(await start("./no-such-worker.mjs").render([])).toEqual([]);
  });

  test("keeps the order of a long list and of calls at once", async () => {
    const renderer = start("./troublesome-worker.mjs");
    const lists = [1, 200, 3, 64, 65].map((size, list) =>
      Array.from({ length: size }, (_, at) => `${list}.${at}`),
    );
    const answers = await Promise.all(lists.map((list) => renderer.render(list)));
    expect(answers).toEqual(lists.map((list) => list.map((text) => `<p>${text}</p>`)));
  });

  test("uses one worker for all", async () => {
    const renderer = start("./troublesome-worker.mjs");
    const [[first], [second]] = await Promise.all([renderer.render(["thread"]), renderer.render(["thread"])]);
    expect(first).toMatch(/^thread \d+$/);
    expect(second).toBe(first);
  });

  test.each(["exit", "throw", "memory"])("survives a text that ends the worker: %s", async (bad) => {
    const renderer = start("./troublesome-worker.mjs", 20_000);
    const batch = renderer.render(["a", bad, "b"]);
    const after = renderer.render(["c"]);
    expect(await batch).toEqual(["<p>a</p>", `<pre class="plain" dir="auto">${bad}</pre>\n`, "<p>b</p>"]);
    expect(await after).toEqual(["<p>c</p>"]);
  });

  test("gives a text that takes too long as plain text", async () => {
    const renderer = start("./troublesome-worker.mjs", 1_000);
    expect(await renderer.render(["hang"])).toEqual(['<pre class="plain" dir="auto">hang</pre>\n']);
    expect(await renderer.render(["a"])).toEqual(["<p>a</p>"]);
  });

  test("starts again after the worker ended while idle", async () => {
    const renderer = start("./troublesome-worker.mjs");
    const [first] = await renderer.render(["thread", "exit later"]);
    let second = first;
    while (second === first) {
      await sleep(100);
      [second] = await renderer.render(["thread"]);
    }
    expect(second).toMatch(/^thread \d+$/);
  });

  test("says that a worker does not start, and tries again at the next call", async () => {
    const renderer = start("./no-such-worker.mjs");
    await expect(renderer.render(["a"])).rejects.toThrow(RendererUnavailable);
    await expect(renderer.render(["a"])).rejects.toThrow(/no-such-worker/);
  });

  test("refuses what is waiting when it is closed, and what comes later", async () => {
    const renderer = start("./troublesome-worker.mjs");
    const waiting = [renderer.render(["hang"]), renderer.render(["a"])].map((html) =>
      expect(html).rejects.toThrow(RendererClosed),
    );
    await sleep(100);
    await renderer.close();
    await Promise.all(waiting);
    await expect(renderer.render(["a"])).rejects.toThrow(RendererClosed);
    await renderer.close();
  });
});
