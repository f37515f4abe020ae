import type { FastifyInstance, InjectOptions } from "fastify";
import { describe, expect, it } from "vitest";
import type { Work } from "../../../server/contract/judging.ts";
import { inviteAnnotators, makeOpenLink } from "../../../server/studies/annotators.ts";
import { changeState, createStudy } from "../../../server/studies/study.ts";
import { bearer, HOST, testApp } from "../../support/app.ts";
import { type Canary, canary, dressesOf, findCanaries } from "../../support/canaries.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { judgmentOf, skipOf } from "../../support/study.ts";
import { addBlindMaterial } from "../../support/blind-study.ts";

describe("the canary search", () => {
  const secret = canary("secret");
  it.each(dressesOf(secret.name))("finds a leak dressed as $dress", ({ text }) => {
    expect(findCanaries(`{"x":"aa${text}zz"}`, [secret])).not.toEqual([]);
  });

  it("finds nothing where there is nothing", () => {
    expect(findCanaries(JSON.stringify({ a: "b".repeat(10_000) }), [secret])).toEqual([]);
  });
});

describe.each(DATABASES)("what an annotator receives on %s", (kind) => {
  it("names no system, study, group, file or id in any state, and tells nothing by its ids", async () => {
    const context = await testContext(kind);
    const names = {
      study: canary("study"),
      target: canary("target"),
      baseline: canary("baseline"),
      group: canary("group"),
      file: canary("file"),
      prompt: canary("prompt id"),
      seed: canary("seed"),
    };
    const canaries = Object.values(names);
    await createStudy(context, {
      name: names.study.name,
      target: names.target.name,
      baselines: [names.baseline.name],
      seed: names.seed.name,
      protocol: {
        groups: [
          {
            name: names.group.name,
            kind: "crowd",
            judgments: 1,
            sharedJudgments: 1,
            judgmentsPerAnnotator: 6,
            headline: true,
          },
        ],
      },
    });
    await addBlindMaterial(context, {
      study: names.study.name,
      systems: [names.target.name, names.baseline.name],
      prompt: names.prompt.name,
      file: names.file.name,
      prompts: 8,
    });
    await changeState(context, { study: names.study.name, to: "open", by: "test" });
    const where = { study: names.study.name, group: names.group.name, by: "test" };
    const [first, second] = await inviteAnnotators(context, { ...where, count: 2 });
    const link = await makeOpenLink(context, where);
    const app = await testApp(context);
    const seen = new Watcher(app, canaries);

    await seen.call({ url: "/api/judge/sheet?language=en", headers: bearer(first!.token) });
    let work = await seen.work(first!.token);
    const skip = skipOf(work.buffer[0]!, "other");
    const cannot = (payload: object, { token } = first!) =>
      seen.call({ method: "POST", url: "/api/judge/skips", payload, headers: bearer(token) });
    const told = await cannot(skip);
    expect(told.json()).toMatchObject({ accepted: true, work: { progress: { judged: 0, of: 6 } } });
    expect((await cannot(skip)).statusCode).toBe(200);
    expect((await cannot(skip, second)).statusCode).toBe(404);
    expect((await cannot({ ...skip, reason: "language" })).statusCode).toBe(409);
    expect((await cannot({ ...skip, reason: "dull" })).statusCode).toBe(400);
    expect((await cannot({ ...skip, comment: "" })).statusCode).toBe(400);
    const again = { method: "POST" as const, url: "/api/judge/earlier", payload: { before: null } };
    const before = await seen.call({ ...again, headers: bearer(first!.token) });
    expect(before.json()).toMatchObject({ earlier: { reason: "other" } });
    work = told.json<{ work: Work }>().work;
    for (let i = 0; i < 6; i++) {
      const payload = judgmentOf(work.buffer[0]!, "left", []);
      const call = { method: "POST" as const, url: "/api/judge/judgments", payload };
      const reply = await seen.call({ ...call, headers: bearer(first!.token) });
      await seen.call({ ...call, headers: bearer(first!.token) });
      await seen.call({ ...call, headers: bearer(second!.token) });
      await seen.call({ ...call, payload: { ...payload, choice: "right" }, headers: bearer(first!.token) });
      await seen.call({ ...call, payload: { ...payload, extra: 1 }, headers: bearer(first!.token) });
      work = reply.json<{ work: Work }>().work;
    }
    expect(work.state).toBe("done");
    const earlier = { method: "POST" as const, url: "/api/judge/earlier", payload: { before: null } };
    await seen.call({ ...earlier, headers: bearer(first!.token) });
    await seen.work(second!.token);
    await changeState(context, { study: names.study.name, to: "paused", by: "test" });
    await seen.work(first!.token);
    await seen.call({ method: "POST", url: "/api/join/sheet", payload: { link }, headers: HOST });
    await seen.call({ method: "POST", url: "/api/join", payload: { link }, headers: HOST });
    await changeState(context, { study: names.study.name, to: "closed", by: "test" });
    await seen.work(first!.token);
    for (const url of ["/api/judge/nothing", `/api/studies`, "/api/judge/work"]) {
      await seen.call({ url, headers: bearer(first!.token) });
    }
    await context.database.close();
    await seen.call({ url: "/api/judge/sheet", headers: bearer(first!.token) });
    expect(seen.leaks).toEqual([]);
    const failed = kind === "sqlite" ? 503 : 500; // a file that is no longer open is gone
    expect([...seen.statuses].sort()).toEqual([200, 400, 401, 404, 409, failed]);
    expect(seen.repeatedIds()).toEqual([]);
  });
});

/** Makes calls as an annotator's browser does and looks at everything that comes back. */
class Watcher {
  readonly leaks: string[] = [];
  readonly statuses = new Set<number>();
  readonly #tokens = new Map<string, Set<string>>();

  constructor(
    readonly app: FastifyInstance,
    readonly canaries: readonly Canary[],
  ) {}

  async call(options: InjectOptions) {
    const reply = await this.app.inject(options);
    this.statuses.add(reply.statusCode);
    expect(reply.headers["cache-control"]).toBe("no-store");
    expect(reply.headers.etag).toBeUndefined();
    const all = `${JSON.stringify(reply.headers)} ${reply.body}`;
    this.leaks.push(
      ...findCanaries(all, this.canaries).map((leak) => `${JSON.stringify(options.url)}: ${leak}`),
    );
    return reply;
  }

  async work(token: string): Promise<Work> {
    const call = { method: "POST" as const, url: "/api/judge/work", payload: { holding: [] } };
    const work = (await this.call({ ...call, headers: bearer(token) })).json<Work>();
    for (const view of work.assignments ?? []) {
      const key = JSON.stringify([view.prompt, [view.left, view.right].sort()]);
      this.#tokens.set(key, (this.#tokens.get(key) ?? new Set()).add(`${token} ${view.assignment}`));
    }
    return work;
  }

  /** Comparisons that two annotators met under the same id. */
  repeatedIds(): string[] {
    return [...this.#tokens.values()].flatMap((tokens) => {
      const ids = [...tokens].map((one) => one.split(" ")[1] ?? "");
      return ids.length > new Set(ids).size ? ids : [];
    });
  }
}
