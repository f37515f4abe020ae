import type { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Context } from "../context.ts";
import { amendmentReasonSchema } from "../contract/amendments.ts";
import { type Uploads, uploadChangeSchema, uploadsSchema } from "../contract/uploads.ts";
import { access, nameOf } from "../http/access.ts";
import { replies } from "../http/errors.ts";
import { systemsNamed } from "../loading/load-files.ts";
import { UploadChanged, UploadNotFound, UploadRefused, UploadsBusy } from "./errors.ts";
import { dropBytes, dropOlder, keepBytes, type UploadPlace } from "./folder.ts";
import { arrivingFiles, beginPart, newKey } from "./parts.ts";
import { Recogniser } from "./recognise.ts";
import { UploadRuns } from "./runs.ts";
import { addFile, changeFiles, FILES_MAX, forgetFiles, forgetOlder, waitingFiles } from "./store.ts";
import type { WaitingFile } from "./waiting-file.ts";
import { waysToRead } from "./ways.ts";

const params = z.strictObject({ study: z.string().max(100) });
const position = z.coerce.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);
const fileQuery = z
  .strictObject({
    name: z.string().min(1).max(1000),
    bytes: position
      .optional()
      .describe(
        "With modified: how many bytes the whole file has. What arrives of it is kept if it breaks off.",
      ),
    modified: position.optional().describe("With bytes: when the file was last modified, in milliseconds."),
    from: position
      .default(0)
      .describe(
        "With both: where in the file the body begins. At most 64 KiB of it may be there already, and are compared.",
      ),
  })
  .refine(
    ({ bytes, modified, from }) =>
      (bytes === undefined) === (modified === undefined) && (bytes !== undefined || from === 0),
    {
      message: "bytes and modified go together, and from goes with both.",
    },
  );
const removal = z.strictObject({ files: z.array(z.number().int()).min(1).max(FILES_MAX) });
const runSchema = z.strictObject({
  what: z.enum(["check", "load"]),
  skipBad: z.boolean().default(false).describe("Load the valid rows of files that have faulty ones."),
  yes: z
    .boolean()
    .default(false)
    .describe("Also add judgments of pairs that the same annotators judged in an earlier file."),
  reason: amendmentReasonSchema
    .optional()
    .describe("Why a study that was opened gets more to judge; needed to load such files."),
  names: z
    .array(z.string().max(1000))
    .min(1)
    .max(FILES_MAX)
    .optional()
    .describe("Only the files of these names, in this order; missing: all that wait."),
});

/** After so many days, a file that nobody loaded is deleted. */
const DAYS = 7;
const DAY_MS = 86_400_000;
const EVERY_MS = 3_600_000;

/** Files from a browser: uploaded once, recognised, checked, and loaded together or not at all. */
export function uploadRoutes(
  context: Context,
  { place, onLoaded }: { place: UploadPlace; onLoaded: () => void },
): FastifyPluginAsyncZod {
  return async (app) => {
    const onError = (error: unknown) =>
      app.log.error(error, "Uploaded files could not be checked or loaded.");
    const recogniser = new Recogniser(place);
    const recognise = async (study: string, files: readonly WaitingFile[]) =>
      recogniser.recognise(files, await systemsNamed(context, study));
    const runs = new UploadRuns({ context, place, onLoaded, onError });
    app.addHook("onClose", () => runs.close());
    dropAsTheyExpire(app, context, place);
    const shown = async (study: string): Promise<Uploads> => {
      const { studyId, files } = await waitingFiles(context, study);
      const recognised = await recognise(study, files);
      const arriving = await arrivingFiles(context, { place, studyId });
      const limits = { bytesMax: place.bytesMax, filesMax: FILES_MAX, days: DAYS };
      return { files: recognised, arriving, run: runs.of(studyId, files), ways: waysToRead(), ...limits };
    };
    const requireIdle = async (study: string) => {
      const waiting = await waitingFiles(context, study);
      if (runs.isLoading(waiting.studyId)) throw new UploadsBusy();
      return waiting;
    };
    const schema = { params, response: replies(uploadsSchema) };
    const url = "/api/studies/:study/uploads";
    app.get(url, { ...access("edit"), schema }, async (request) => shown(request.params.study));
    app.patch(
      url,
      { ...access("edit"), schema: { ...schema, body: uploadChangeSchema } },
      async ({ params: { study }, body }) => {
        await requireIdle(study);
        await changeFiles(context, study, body);
        return shown(study);
      },
    );
    app.post(
      `${url}/remove`,
      { ...access("edit"), schema: { ...schema, body: removal } },
      async ({ params: { study }, body }) => {
        const { studyId, files } = await requireIdle(study);
        const keys = files.flatMap(({ id, key }) => (body.files.includes(id) ? [key] : []));
        await dropBytes(place, await forgetFiles(context, studyId, keys));
        return shown(study);
      },
    );
    app.post(`${url}/run`, { ...access("edit"), schema: { ...schema, body: runSchema } }, async (request) => {
      const { study } = request.params;
      const { names, ...asked } = request.body;
      request.changed = { detail: asked.what };
      const { studyId, files: all } = await waitingFiles(context, study);
      const files = names?.flatMap((one) => all.filter(({ name }) => name === one)) ?? all;
      if (names !== undefined && files.length < names.length) throw new UploadNotFound();
      const recognised = await recognise(study, files);
      await runs.start({ ...asked, by: nameOf(request), study, studyId, files, recognised });
      return shown(study);
    });
    await app.register(receiving(context, place, requireIdle));
  };
}

interface WholeFile {
  readonly name: string;
  readonly bytes: number;
  readonly modified: number;
}

/** A key for the bytes of a file; of one that can be sent in several requests, always the same. */
const beginFile = async (context: Context, given: { study: string; whole: WholeFile | null }) =>
  given.whole === null
    ? { key: newKey(context), dropped: [] }
    : beginPart(context, { study: given.study, ...given.whole });

/** One request at a time brings a file of a name: the latest, since a browser that lost its connection sends another one. */
function takingTurns() {
  const writing = new Map<string, { readonly body: Readable; readonly ended: Promise<unknown> }>();
  return async <T>(key: string, body: Readable, write: () => Promise<T>): Promise<T> => {
    const before = writing.get(key);
    before?.body.destroy();
    const ended = Promise.resolve(before?.ended).then(write, write);
    const own = { body, ended };
    writing.set(key, own);
    try {
      return await ended;
    } finally {
      if (writing.get(key) === own) writing.delete(key);
    }
  };
}

/** One file a request, its bytes as the body, whatever their type. Its name is a label, and no path on the server. */
function receiving(
  context: Context,
  place: UploadPlace,
  requireIdle: (study: string) => Promise<unknown>,
): FastifyPluginAsyncZod {
  const alone = takingTurns();
  return async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
    app.post(
      "/api/studies/:study/uploads",
      {
        config: { ...access("edit").config, longBody: true },
        bodyLimit: Number.MAX_SAFE_INTEGER,
        schema: {
          params,
          querystring: fileQuery,
          response: replies(z.strictObject({ name: z.string(), bytes: z.number() })),
        },
      },
      async (request) => {
        const { study } = request.params;
        const { name, from, bytes: size, modified } = request.query;
        request.changed = { object: name };
        await requireIdle(study);
        const whole = size === undefined || modified === undefined ? null : { name, bytes: size, modified };
        const length = Number(request.headers["content-length"] ?? NaN);
        const announced = Number.isFinite(length) ? length : null;
        const body = request.body as Readable;
        return alone(JSON.stringify([study, name]), body, async () => {
          const { key, dropped } = await beginFile(context, { study, whole });
          await dropBytes(place, dropped);
          try {
            const bytes = await keepBytes(place, { key, body, announced, from });
            if (whole && bytes !== whole.bytes) throw new UploadChanged();
            await requireIdle(study); // a load may have begun while the bytes were coming
            await dropBytes(place, await addFile(context, { study, name, bytes, key }));
            return { name, bytes };
          } catch (error) {
            const isOver = error instanceof UploadChanged || error instanceof UploadRefused;
            if (whole === null || isOver) await dropBytes(place, [key]);
            throw error;
          }
        });
      },
    );
  };
}

/** Deletes what nobody loaded within the days, at the start of the server and every hour. */
function dropAsTheyExpire(app: FastifyInstance, context: Context, place: UploadPlace): void {
  let running: Promise<unknown> = Promise.resolve();
  const look = () => {
    const before = new Date(context.clock().getTime() - DAYS * DAY_MS);
    running = running
      .then(() => forgetOlder(context, before))
      .then(() => dropOlder(place, before))
      .catch((error: unknown) =>
        app.log.error(error, "Old uploads could not be deleted; it is tried again."),
      );
  };
  let timer: ReturnType<typeof setInterval> | undefined;
  app.addHook("onReady", async () => {
    look();
    timer = setInterval(look, EVERY_MS);
    timer.unref();
  });
  app.addHook("onClose", async () => {
    clearInterval(timer);
    await running;
  });
}
