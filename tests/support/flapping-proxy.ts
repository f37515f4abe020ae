import { once } from "node:events";
import net from "node:net";

/**
 * How connections fare: as they are; late; the reply ends in its middle, or with a reset instead of its first byte, so that
 * nobody knows whether the request arrived; the request ends in its middle; nothing is let through.
 */
export const WEATHERS = ["calm", "slow", "reply cut", "reply reset", "request cut", "down"] as const;
type Weather = (typeof WEATHERS)[number];

export interface FlappingProxy {
  /** Where a browser reaches the server behind it. */
  readonly origin: string;
  /** Connections that it has broken so far. */
  readonly broken: number;
  /** Where the server is; nothing is let through before it is known. */
  forwardTo(port: number): void;
  /** From now on, for open connections too. */
  be(weather: Weather): void;
  close(): void;
}

const LATE_MS = 60;

/** A relay of bytes on 127.0.0.1 between a browser and a server, whose weather changes while people work. */
export async function startFlappingProxy(): Promise<FlappingProxy> {
  let weather: Weather = "calm";
  let target = 0;
  let broken = 0;
  const open = new Set<net.Socket>();
  const relay = net.createServer((near) => {
    if (weather === "down") return void breakOff(near);
    const far = net.connect(target, "127.0.0.1");
    for (const [from, to, isReply] of [
      [near, far, false],
      [far, near, true],
    ] as const) {
      let passed = Promise.resolve();
      open.add(from);
      from.on("data", (bytes: Buffer) => {
        passed = passed.then(() => pass(bytes, { near, far, to, isReply }));
      });
      from.on("end", () => void passed.then(() => to.end()));
      from.on("error", () => to.destroy());
      from.on("close", () => {
        open.delete(from);
        void passed.then(() => to.destroy());
      });
    }
  });
  const breakOff = (...sockets: net.Socket[]) => {
    broken++;
    for (const socket of sockets) socket.resetAndDestroy();
  };
  const pass = async (
    bytes: Buffer,
    { near, far, to, isReply }: { near: net.Socket; far: net.Socket; to: net.Socket; isReply: boolean },
  ): Promise<void> => {
    if (weather === "slow") await new Promise((resolve) => setTimeout(resolve, LATE_MS));
    if (to.destroyed) return;
    const isCut = weather === (isReply ? "reply cut" : "request cut");
    if (weather === "down" || (isReply && weather === "reply reset")) breakOff(near, far);
    else if (isCut) to.write(bytes.subarray(0, bytes.length / 2), () => breakOff(near, far));
    else to.write(bytes);
  };
  relay.listen(0, "127.0.0.1");
  await once(relay, "listening");
  return {
    origin: `http://127.0.0.1:${(relay.address() as net.AddressInfo).port}`,
    get broken() {
      return broken;
    },
    forwardTo: (port) => void (target = port),
    be(next) {
      weather = next;
      if (next === "down") for (const socket of open) breakOff(socket);
    },
    close() {
      for (const socket of open) socket.destroy();
      relay.close();
    },
  };
}
