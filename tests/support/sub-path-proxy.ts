import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";

export interface SubPathProxy {
  /** Where people reach what stands behind it. */
  readonly address: string;
  /** Paths that were asked for and are none of ours. */
  readonly strays: string[];
  forwardTo(port: number): void;
  close(): void;
}

/** A reverse proxy that has other things on its host, and us below a path; it passes the Host header on unchanged. */
export async function startSubPathProxy(
  basePath: string,
  { strips }: { strips: boolean },
): Promise<SubPathProxy> {
  let target = 0;
  const strays: string[] = [];
  const proxy = http.createServer((request, response) => {
    const { url = "/", method, headers } = request;
    if (url !== basePath && !url.startsWith(`${basePath}/`)) {
      strays.push(url);
      return void response.writeHead(404).end();
    }
    const path = strips ? url.slice(basePath.length) || "/" : url;
    const onward = http.request({ host: "127.0.0.1", port: target, path, method, headers }, (reply) => {
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(response);
    });
    onward.on("error", () => response.destroy());
    request.pipe(onward);
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  return {
    address: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}${basePath}`,
    strays,
    forwardTo: (port) => void (target = port),
    close: () => {
      proxy.closeAllConnections();
      proxy.close();
    },
  };
}
