import { trustedWorkerAddress } from "../../components/trusted-html.ts";
import { withBase } from "../../base-path.ts";

/** Lets the page itself be opened without network, where the browser can: that takes a secure connection. */
export function keepPage(): void {
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker.register(trustedWorkerAddress(), { scope: withBase("/judge") }).catch(() => {
    // only reloading without network is lost
  });
}
