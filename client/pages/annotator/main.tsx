import "../../styles/tokens.css";
import "../../styles/base.css";
import "./annotator.css";
import "./participants.css";
import { render } from "preact";
import { layOut } from "../../words/index.ts";
import { words } from "../../words/annotator.ts";
import { judgingInBrowser } from "./browser-ports.ts";
import { JoinPage } from "./join-page.tsx";
import { JudgePage } from "./judge-page.tsx";
import { keepPage } from "./keep-page.ts";
import { type EntryPoint, placeOf, takeQuery } from "./link.ts";
import { reading } from "./reading.ts";
import { Notice } from "./state-screen.tsx";

layOut(words);
reading.start();

document.querySelector(".no-page")?.remove(); // a script runs: what stands there for browsers without one is not needed
const root = document.querySelector("#page");
if (root) render(pageAt(placeOf(location)), root);
// another link pasted into the same tab changes the fragment only
window.addEventListener("hashchange", () => location.reload());

function pageAt(place: EntryPoint) {
  if (place.kind === "nowhere") return <Notice {...words.states.noLink} />;
  if (place.kind === "join") return <JoinPage arrival={{ link: place.link, query: takeQuery(place) }} />;
  keepPage();
  return <JudgePage judging={judgingInBrowser(place.token)} />;
}
