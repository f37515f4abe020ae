export { AnswerToEnd } from "./answer-box.tsx";
export { ReviewScreen } from "./review-screen.tsx";
export { Warning } from "./warning.tsx";
export { Signs } from "./signs.tsx";
export { AnsweredElsewhere } from "./answered-elsewhere.tsx";
