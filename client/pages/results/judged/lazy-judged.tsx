import { lazyView } from "../lazy-view.tsx";

/** The judgments, whose code comes when somebody looks at them. */
export const LazyJudged = lazyView(async () => (await import("./judged-view.tsx")).JudgedView);
