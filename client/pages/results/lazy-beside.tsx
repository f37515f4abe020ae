import { lazyView } from "./lazy-view.tsx";

/** Two studies side by side, whose code comes when somebody looks at them. */
export const LazyBeside = lazyView(async () => (await import("./beside-view.tsx")).BesideView);
