import { afterAll, afterEach, beforeAll } from "vitest";
import type { ModelServer } from "../../../server/model-servers/model-call.ts";
import type { ModelServerSettings } from "../../../server/model-servers/server-settings.ts";
import { openAt } from "./ask.ts";
import { type RunningModelServer, startModelServer } from "./server.ts";

interface ForAdapters {
  /** There once the tests run. */
  server: RunningModelServer;
  /** Opens it for an adapter until the test ends. */
  readonly open: (adapter: string, settings?: Partial<ModelServerSettings> & { url?: string }) => ModelServer;
}

/** A model server for the tests of a file. */
export function modelServerForAdapters(): ForAdapters {
  const opened: ModelServer[] = [];
  const given = {
    open(adapter, { url = given.server.url, ...more } = {}) {
      const model = openAt(url, adapter, more);
      opened.push(model);
      return model;
    },
  } as ForAdapters;
  beforeAll(async () => {
    given.server = await startModelServer();
  });
  afterEach(() => {
    for (const one of opened.splice(0)) one.close();
  });
  afterAll(() => given.server.stop());
  return given;
}
