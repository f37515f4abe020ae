import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import net, { type AddressInfo } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { HttpPoster } from "../../../server/model-servers/http-call.ts";
import { type Proxy, proxyFor } from "../../../server/model-servers/proxy.ts";
import { CERTIFICATE } from "../../support/model-servers/certificate.ts";
import { NEVER } from "../../support/model-servers/ask.ts";

const open: (http.Server | https.Server)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
async function listen<S extends http.Server | https.Server>(server: S): Promise<number> {
  open.push(server);
  await once(server.listen(0, "127.0.0.1"), "listening");
  return (server.address() as AddressInfo).port;
}

/** A proxy that keeps what it was asked for, and leads every name to this machine. */
async function proxying(status = 200) {
  const asked: { line: string; authorization: string | undefined }[] = [];
  const note = ({ method, url, headers }: http.IncomingMessage) =>
    asked.push({ line: `${method} ${url}`, authorization: headers["proxy-authorization"] });
  const server = http.createServer((request, response) => {
    note(request);
    request.resume().on("end", () => response.end(`through ${request.headers.host}`));
  });
  server.on("connect", (request: http.IncomingMessage, socket: net.Socket) => {
    note(request);
    if (status !== 200) return void socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
    const to = net.connect(Number(request.url!.split(":")[1]), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connected\r\n\r\n");
      socket.pipe(to).pipe(socket);
    });
    for (const end of [socket, to]) end.on("error", () => undefined);
  });
  const port = await listen(server);
  return { asked, proxy: { url: new URL(`http://me:p%40ss@127.0.0.1:${port}`) } satisfies Proxy };
}

const posterTo = (url: string, proxy: Proxy) =>
  new HttpPoster({ url: new URL(url), lookup: undefined, concurrency: 1, timeoutMs: 5000, proxy });
const PAIR = `Basic ${Buffer.from("me:p@ss").toString("base64")}`;

describe("a call through a proxy", () => {
  it("to an https address goes through a tunnel, over one connection for several calls, and its key is not read", async () => {
    vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
    const heard: (string | undefined)[] = [];
    const server = https.createServer(CERTIFICATE, (request, response) => {
      heard.push(request.headers.authorization);
      request.resume().on("end", () => response.end("there"));
    });
    const port = await listen(server);
    const { asked, proxy } = await proxying();
    const poster = posterTo(`https://models.test:${port}/v1`, proxy);
    for (let call = 0; call < 2; call++)
      expect(await poster.post("{}", { authorization: "Bearer k" }, NEVER)).toMatchObject({ body: "there" });
    expect(heard).toEqual(["Bearer k", "Bearer k"]);
    expect(asked).toEqual([{ line: `CONNECT models.test:${port}`, authorization: PAIR }]);
    poster.close();
  });

  it("still checks whose certificate it is", async () => {
    const port = await listen(https.createServer(CERTIFICATE));
    const { proxy } = await proxying();
    const poster = posterTo(`https://models.test:${port}/v1`, proxy);
    const failure = await poster.post("{}", {}, NEVER).catch((error: unknown) => error);
    expect(failure).toMatchObject({ kind: "not allowed", more: { mayBeBilled: false } });
    poster.close();
  });

  it("to an http address is put to the proxy whole", async () => {
    const { asked, proxy } = await proxying();
    const poster = posterTo("http://models.test:81/v1?a=b", proxy);
    expect(await poster.post("{}", {}, NEVER)).toMatchObject({ body: "through models.test:81" });
    expect(asked).toEqual([{ line: "POST http://models.test:81/v1?a=b", authorization: PAIR }]);
    poster.close();
  });

  it.each([
    [407, "rejected"],
    [502, "network"],
  ])("that answers %i has failed as %s, with no password in what is said", async (status, kind) => {
    const { proxy } = await proxying(status);
    const poster = posterTo("https://models.test/v1", proxy);
    const failure = await poster.post("{}", {}, NEVER).catch((error: unknown) => error);
    expect(failure).toMatchObject({ kind, more: { mayBeBilled: false } });
    expect(String(failure)).toMatch(/The proxy 127\.0\.0\.1:\d+ refused/);
    expect(String(failure)).not.toContain("p@ss");
    poster.close();
  });
});

describe("the proxy of an address", () => {
  const env = { HTTPS_PROXY: "http://secure:3128", http_proxy: "plain:3128", NO_PROXY: "" };
  const at = (url: string, more: Record<string, string> = {}) =>
    proxyFor(new URL(url), { ...env, ...more })?.url.href ?? null;

  it.each([
    ["https://api.openai.com/v1", {}, "http://secure:3128/"],
    ["http://models.example/v1", {}, "http://plain:3128/"],
    ["http://127.0.0.1:8080/v1", {}, null],
    ["http://localhost:11434/v1", {}, null],
    ["https://a.example", { NO_PROXY: "example" }, null],
    ["https://a.example", { NO_PROXY: "b.example, .a.example" }, "http://secure:3128/"],
    ["https://x.a.example", { no_proxy: ".a.example" }, null],
    ["https://notexample", { NO_PROXY: "example" }, "http://secure:3128/"],
    ["https://a.example:8443", { NO_PROXY: "a.example:8443" }, null],
    ["https://a.example", { NO_PROXY: "*" }, null],
    ["https://10.1.2.3", { NO_PROXY: "10.0.0.0/8" }, null],
    ["https://11.1.2.3", { NO_PROXY: "10.0.0.0/8" }, "http://secure:3128/"],
    ["https://a.example", { HTTPS_PROXY: "", ALL_PROXY: "https://all:1" }, "https://all:1/"],
  ])("%s with %j is %s", (url, more, proxy) => expect(at(url, more)).toBe(proxy));

  it("is refused where it is no http proxy", () => {
    expect(() => at("https://a.example", { HTTPS_PROXY: "socks5://me:secret@p:1" })).toThrow(
      /^HTTPS_PROXY is not the address of an http proxy/,
    );
  });
});
