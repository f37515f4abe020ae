import "../../styles/tokens.css";
import "../../styles/base.css";
import "./dashboard.css";
import "./study.css";
import "./form.css";
import { render } from "preact";
import { speak, words } from "../../words/dashboard.ts";
import { layOut } from "../../words/index.ts";
import { ownerTokenIn } from "./address.ts";
import { DashboardPage } from "./dashboard-page.tsx";

const root = document.querySelector("#page");
if (root) {
  const token = ownerTokenIn(location.hash);
  // the token leaves the address bar, and so the history, before anything else happens
  if (token !== null) history.replaceState(null, "", location.pathname + location.search);
  void show(root, token);
  // a file that misses the place for it does not take the page's place
  for (const kind of ["dragover", "drop"] as const)
    window.addEventListener(kind, (event) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    });
  window.addEventListener("hashchange", () => {
    if (ownerTokenIn(location.hash) !== null) location.reload();
  });
}

/** Its words come first. */
async function show(root: Element, token: string | null): Promise<void> {
  await speak(navigator.languages);
  layOut(words);
  render(<DashboardPage token={token} />, root);
}
