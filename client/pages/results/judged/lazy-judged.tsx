import type { ComponentProps } from "preact";
import { lazyView } from "../lazy-view.tsx";
import type { JudgedView } from "./judged-view.tsx";

/** The judgments, whose code comes when somebody looks at them. */
export const LazyJudged = lazyView<ComponentProps<typeof JudgedView>>(
  async () => (await import("./judged-view.tsx")).JudgedView,
);
