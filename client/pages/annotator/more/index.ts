export { CopyButton } from "./copy-button.tsx";
export { GuessQuestion } from "./guess-question.tsx";
export { MessagesButton, MessagesPanel } from "./messages-panel.tsx";
export { RemarksButton, RemarksPanel } from "./remarks-panel.tsx";
export { RunningFigure } from "./running-figure.tsx";
