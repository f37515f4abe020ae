import "../../styles/tokens.css";
import "../../styles/base.css";
import "./plan.css";
import { render } from "preact";
import { layOut } from "../../words/index.ts";
import { words } from "../../words/plan.ts";
import { PlanPage } from "./plan-page.tsx";

layOut(words);
document.title = words.tabTitle;

const root = document.querySelector("#page");
if (root) render(<PlanPage />, root);
