import { withBase } from "../base-path.ts";

/** What `dangerouslySetInnerHTML` takes; a plain string to the type checker, a TrustedHTML where browsers have it. */
type Policy = { createHTML(html: string): string; createScriptURL(url: string): string };
type Factory = { createPolicy(name: string, rules: Policy): Policy };

/** Where the only script that is loaded by its address stands. */
const WORKER_ADDRESS = withBase("/annotator-worker.js");

const rules: Policy = {
  createHTML: (html) => html,
  createScriptURL(url) {
    if (url !== WORKER_ADDRESS) throw new TypeError(`${url} is no script of ours.`);
    return url;
  },
};

const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes;
const policy = factory?.createPolicy("tiebreak-html", rules) ?? rules;

/** HTML that the server's renderer or our own charts made, marked so that the page may show it. Nothing else goes in. */
export const trustedHtml = (html: string): string => policy.createHTML(html);

/** The address of the script that keeps the annotator's page for when there is no network. */
export const trustedWorkerAddress = (): string => policy.createScriptURL(WORKER_ADDRESS);
