import "../../styles/tokens.css";
import "../../styles/base.css";
import "./results.css";
import "./numbers.css";
import "./further.css";
import "./reading.css";
import { render } from "preact";
import { words } from "../../words/results.ts";
import { LazyBeside } from "./lazy-beside.tsx";
import { print } from "./ways.tsx";
import { ResultsPage } from "./results-page.tsx";
import { sourceOf, watchReport } from "./watch-report.ts";

document.title = words.tabTitleAtFirst;

// until the code for printing is there, which then takes the keys over
window.onkeydown = (event) => {
  if (event.key !== "p" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  void print();
};

const root = document.querySelector("#page");
if (root) {
  const source = sourceOf(location);
  const other = new URLSearchParams(location.search).get("beside");
  if (source !== null && "study" in source && other !== null)
    render(<LazyBeside study={source.study} other={other} />, root);
  else {
    const watched = source && watchReport(source).watched;
    render(<ResultsPage source={source} watched={watched} />, root);
  }
  // another share link pasted into the same tab changes the fragment only, and so does the address of a section
  window.addEventListener("hashchange", () => {
    if (JSON.stringify(sourceOf(location)) !== JSON.stringify(source)) location.reload();
  });
}
