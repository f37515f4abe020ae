import "../../styles/tokens.css";
import "../../styles/base.css";
import "./annotator.css";
import "./participants.css";
import { effect } from "@preact/signals";
import { render } from "preact";
import { layOut } from "../../words/index.ts";
import { speak, words } from "../../words/annotator.ts";
import { judgingInBrowser } from "./browser-ports.ts";
import { JudgePage } from "./judge-page.tsx";
import { keepPage } from "./keep-page.ts";
import { type EntryPoint, placeOf, takeQuery } from "./link.ts";
import { reading } from "./reading.ts";
import { Notice } from "./notice.tsx";

document.querySelector(".no-page")?.remove(); // a script runs: what stands there for browsers without one is not needed
const root = document.querySelector("#page");
// another link pasted into the same tab changes the fragment only
window.addEventListener("hashchange", () => location.reload());
const place = placeOf(location);
reading.start(place.kind === "judge" ? place.token : null);
start().catch(() => document.querySelector("#incomplete")?.removeAttribute("hidden"));

async function start() {
  const [isSpoken, page] = await Promise.all([speak(navigator.languages), pageAt(place)]);
  if (!isSpoken) throw new Error("There are no words.");
  effect(() => layOut(words));
  if (root) render(page, root);
}

async function pageAt(place: EntryPoint) {
  if (place.kind === "nowhere") return <NoLink />;
  if (place.kind === "join") {
    const { JoinPage } = await import("./join-page.tsx");
    return <JoinPage arrival={{ link: place.link, query: takeQuery(place) }} />;
  }
  keepPage();
  const judging = judgingInBrowser(place.token);
  effect(() => {
    const sheet = judging.held.value.sheet;
    if (sheet !== null) void speak([sheet.language, ...navigator.languages]);
  });
  return <JudgePage judging={judging} />;
}

function NoLink() {
  return <Notice {...words.states.noLink} />;
}
