/** Files that a command, a page or a tool starts with, as patterns; nothing of ours needs to import them. */
const ENTRIES = [
  /^bin\/\w+\.mjs$/,
  /^scripts\/[\w-]+\.(?:ts|mjs)$/, // each is a command of its own
  /^scripts\/bench\/main\.ts$/,
  /^server\/statistics\/index\.ts$/, // for other programs
  /^client\/pages\/\w+\/main\.tsx$/, // named by the page's HTML
  /^client\/outbox\/annotator-worker\.ts$/, // named by vite.config.ts, part by part
  /^[\w.]+\.config\.(?:ts|js)$/,
  /^tests\/.*\.test\.tsx?$/,
];

export const isEntry = (file: string): boolean => ENTRIES.some((pattern) => pattern.test(file));
