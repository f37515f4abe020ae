import type { FastifyInstance, FastifySchema, RouteOptions } from "fastify";
import { z } from "zod";
import { errorSchema } from "../contract/errors.ts";
import { projectVersion } from "../in-project.ts";
import { type Access, access, SESSION_COOKIE } from "./access.ts";
import { replies } from "./errors.ts";

/**
 * Serves the description of the interface as OpenAPI 3.1, made of the schemas by which the routes check their requests
 * and replies. Describes the routes that are registered after this call.
 */
export function describeApi(app: FastifyInstance): void {
  const routes: RouteOptions[] = [];
  let made: Json | undefined;
  app.addHook("onRoute", (route) => {
    if (route.url.startsWith("/api/") && route.method !== "HEAD") routes.push(route);
  });
  const schema = { response: replies(z.unknown().describe("An OpenAPI 3.1 document.")) };
  app.get("/api/openapi.json", { ...access("public"), schema }, () => (made ??= apiDocument(routes)));
}

type Json = Record<string, unknown>;

function apiDocument(routes: readonly RouteOptions[]): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = route.url.replace(/:(\w+)/g, "{$1}");
    for (const method of [route.method].flat())
      (paths[path] ??= {})[method.toLowerCase()] = operationOf(route);
  }
  return {
    openapi: "3.1.1",
    info: {
      title: "Tiebreak",
      version: projectVersion(),
      description:
        "Blind pairwise human evaluation of language models: what the pages and the server exchange.",
    },
    paths,
    components: {
      securitySchemes: {
        session: {
          type: "apiKey",
          in: "cookie",
          name: SESSION_COOKIE,
          description: "Somebody who is signed in on the dashboard.",
        },
        apiToken: {
          type: "http",
          scheme: "bearer",
          description: "A member's token for programs, which begins with tiebreak_.",
        },
        linkToken: {
          type: "http",
          scheme: "bearer",
          description: "The token of an annotator's link, or of one to results.",
        },
      },
      responses: {
        Refused: {
          description: "Refused: a stable name, and what to do.",
          content: { "application/json": { schema: jsonSchema(errorSchema, "output") } },
        },
      },
    },
  };
}

/** Any one of these lets a request in; a reader who names no study is known by the token. */
const securityOf = (needed: Access | undefined, params: unknown): Record<string, []>[] => {
  const member: Record<string, []>[] = [{ session: [] }, { apiToken: [] }];
  const link: Record<string, []>[] = [{ linkToken: [] }];
  if (needed === undefined || needed === "public") return [];
  if (needed === "annotator") return link;
  if (needed === "reader") return params === undefined ? link : [...member, ...link];
  return member;
};

function operationOf({ schema = {}, config }: RouteOptions): Json {
  const { params, querystring, body, response } = schema;
  const parameters = [...parametersOf(params, "path"), ...parametersOf(querystring, "query")];
  return {
    security: securityOf(config?.access, params),
    "x-access": config?.access,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...requestBody(body, config?.longBody === true),
    responses: responsesOf(response),
  };
}

function requestBody(body: unknown, isFile: boolean): Json {
  if (isFile) return { requestBody: { required: true, content: { "*/*": { schema: {} } } } };
  if (!isZod(body)) return {};
  return {
    requestBody: { required: true, content: { "application/json": { schema: jsonSchema(body, "input") } } },
  };
}

function parametersOf(schema: unknown, place: "path" | "query"): Json[] {
  if (!isZod(schema)) return [];
  const { properties = {}, required = [] } = jsonSchema(schema, "input") as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: rest,
  }));
}

function responsesOf(response: unknown): Json {
  const entries = Object.entries((response ?? {}) as Record<string, unknown>);
  return Object.fromEntries(
    entries.map(([status, schema]) => [status.toUpperCase(), responseOf(status, schema)]),
  );
}

function responseOf(status: string, schema: unknown): Json {
  if (schema === errorSchema) return { $ref: "#/components/responses/Refused" };
  const description = REPLIES[status] ?? "Done.";
  if (!isZod(schema) || schema instanceof z.ZodNull) return { description };
  return { description, content: { "application/json": { schema: jsonSchema(schema, "output") } } };
}

const REPLIES: Readonly<Record<string, string>> = {
  202: "Accepted: it goes on in the background.",
  304: "What the client has is still true.",
  422: "The file has errors: nothing of it is loaded.",
};

const isZod = (schema: FastifySchema[keyof FastifySchema]): schema is z.ZodType =>
  schema instanceof z.ZodType;

/** What has no form in JSON Schema, a refinement for instance, is left to the server to check. */
function jsonSchema(schema: z.ZodType, io: "input" | "output"): Json {
  const found: Json = z.toJSONSchema(schema, { target: "draft-2020-12", unrepresentable: "any", io });
  delete found.$schema;
  return found;
}
