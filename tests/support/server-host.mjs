import fs from "node:fs";

/**
 * A process of built servers, each on a database of its own, which share the code that is loaded: one more takes a tenth of the
 * time that a process takes. It gets `{ start: id, flags }` and `{ stop: id }`, answers `{ ended: id, error }`, and ends with the
 * process that started it.
 */
const folder = new URL("../../dist/server/", import.meta.url);
const file = fs.readdirSync(folder).find((name) => /^run-server-\w+\.js$/.test(name));
const { runServer } = await import(new URL(file, folder));

process.once("disconnect", process.exit.bind(process, 0));
process.exit = () => undefined; // a server would end the process, should it hang when it stops

const stops = new Map();
process.on("message", ({ start, stop, flags }) => {
  if (stop !== undefined) return stops.get(stop).abort();
  const [asked, never] = [new AbortController(), new AbortController()];
  stops.set(start, asked);
  const signals = { stop: asked.signal, abandon: never.signal };
  const ended = (error) => process.send({ ended: start, error: error && String(error) });
  runServer(flags, () => ({ signals, end: () => stops.delete(start) })).then(() => ended(), ended);
});
