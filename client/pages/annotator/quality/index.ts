export { AnswerToEnd } from "./answer-box.tsx";
export { ReviewScreen } from "./review-screen.tsx";
export { Warning } from "./warning.tsx";
