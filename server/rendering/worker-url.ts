/**
 * Where the rendering worker starts: beside the bundle as built, or by way of a bootstrap that can read
 * TypeScript when this file runs from its source.
 */
export function rendererWorkerUrl(): URL {
  const isSource = import.meta.url.endsWith(".ts");
  return new URL(isSource ? "./rendering-worker-from-source.mjs" : "./rendering-worker.js", import.meta.url);
}
