import type { ComponentProps, ComponentType } from "preact";
import { lazyView } from "../lazy-view.tsx";
import type { JudgedView } from "./judged-view.tsx";

type JudgedProps = ComponentProps<typeof JudgedView>;

/** The judgments, whose code comes when somebody looks at them. */
export const LazyJudged: ComponentType<JudgedProps> = lazyView<JudgedProps>(
  async () => (await import("./judged-view.tsx")).JudgedView,
);
