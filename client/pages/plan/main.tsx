import "../../styles/tokens.css";
import "../../styles/base.css";
import "./plan.css";
import { render } from "preact";
import { PlanPage } from "./plan-page.tsx";

const root = document.querySelector("#page");
if (root) render(<PlanPage />, root);
