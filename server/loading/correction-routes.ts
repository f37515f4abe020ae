import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Context } from "../context.ts";
import {
  renamedSchema,
  renameRequestSchema,
  studyWarningsSchema,
  unloadedSchema,
  unloadRequestSchema,
} from "../contract/corrections.ts";
import { access, nameOf, requireRight } from "../http/access.ts";
import { replies } from "../http/errors.ts";
import { notHandedOut } from "../studies/not-handed-out.ts";
import { rename } from "./renaming/rename.ts";
import { unload } from "./unload/unload.ts";
import { revealingOutputs } from "./warnings/revealing-outputs.ts";

const params = z.strictObject({ study: z.string().max(100) });

/** What is wrong with a study's material, and ways to correct it. @param onCorrected called when texts may have changed */
export function correctionRoutes(context: Context, onCorrected: () => void): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/api/studies/:study/warnings",
      { ...access("results"), schema: { params, response: replies(studyWarningsSchema) } },
      async ({ params: { study } }) => ({
        notHandedOut: await notHandedOut(context, study),
        revealing: await revealingOutputs(context, study),
      }),
    );
    app.post(
      "/api/studies/:study/unload",
      {
        ...access("edit"),
        schema: { params, body: unloadRequestSchema, response: replies(unloadedSchema) },
      },
      async (request) => {
        const { study } = request.params;
        if (request.body.reason !== null) await requireRight(request, "manage");
        const copy = () => Promise.resolve(null);
        const done = await unload(context, { ...request.body, study, copy, by: nameOf(request) });
        request.changed = { detail: done.loads.map(({ number, file }) => `${number} ${file}`).join(", ") };
        onCorrected();
        return done;
      },
    );
    app.post(
      "/api/studies/:study/rename",
      {
        ...access("edit"),
        schema: { params, body: renameRequestSchema, response: replies(renamedSchema) },
      },
      async (request) => {
        const { study } = request.params;
        const renamed = await rename(context, { ...request.body, study, by: nameOf(request) });
        const names = renamed.map(({ what, from, to }) => `${what} ${from} → ${to}`);
        request.changed = { detail: names.join(", ").slice(0, 500) };
        onCorrected();
        return { renamed };
      },
    );
  };
}
