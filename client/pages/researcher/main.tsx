import "../../styles/tokens.css";
import "../../styles/base.css";
import "./desk.css";
import "./study.css";
import { render } from "preact";
import { addressOf, ownerTokenIn } from "./address.ts";
import { DeskPage } from "./desk-page.tsx";

const root = document.querySelector("#page");
if (root) {
  const token = ownerTokenIn(location.hash);
  // the token leaves the address bar, and so the history, before anything else happens
  if (token !== null) history.replaceState(null, "", location.pathname + location.search);
  render(<DeskPage token={token} address={addressOf(location)} />, root);
  window.addEventListener("hashchange", () => {
    if (ownerTokenIn(location.hash) !== null) location.reload();
  });
}
