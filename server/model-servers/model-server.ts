import type { Adapter } from "./adapters/adapter.ts";
import { AddressNotAllowed } from "./addresses.ts";
import { Asker } from "./asker.ts";
import { HttpPoster } from "./http-call.ts";
import type { ModelServer } from "./model-call.ts";
import type { ModelServerSettings } from "./server-settings.ts";

/** The address that requests go to. @throws AddressNotAllowed where the base URL is none */
export function addressOf(adapter: Adapter, baseUrl: string | null): URL {
  const text = baseUrl ?? adapter.defaultBaseUrl;
  if (!URL.canParse(text))
    throw new AddressNotAllowed("The base URL is not an address like https://models.example/v1");
  return adapter.url(new URL(text));
}

/**
 * Opens a model server. Connects to nothing yet.
 * @throws AddressNotAllowed where its address may not be called, KeyUnusable where the key is for another one
 */
export function openModelServer(settings: ModelServerSettings): ModelServer {
  const { adapter, key, addresses, concurrency, timeoutMs } = settings;
  const url = addressOf(adapter, settings.baseUrl);
  addresses.assertAllowed(url);
  const headers = { ...adapter.headers(key?.for(url.origin) ?? null, url), ...settings.headers };
  const { proxy = null } = settings;
  const poster = new HttpPoster({ url, lookup: addresses.lookupFor(url), concurrency, timeoutMs, proxy });
  const asker = new Asker(settings, url, (body, signal) => poster.post(body, headers, signal));
  return {
    ask: (request, signal) => asker.ask(request, signal),
    conceded: () => [...asker.without].sort(),
    close: () => poster.close(),
  };
}
