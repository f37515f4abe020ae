import type MarkdownIt from "markdown-it";

const BOX = /^\[([ xX])\](?=\s)/;

/** Shows the boxes of a list of tasks (`- [ ] open`, `- [x] done`) as ☐ and ☑: letters, so nobody can tick them. */
export function showTasks(md: MarkdownIt): void {
  md.core.ruler.push("tasks", ({ tokens }) => {
    tokens.forEach((token, at) => {
      if (token.type !== "inline" || tokens[at - 2]?.type !== "list_item_open") return;
      const first = token.children?.[0];
      if (first?.type !== "text") return;
      first.content = first.content.replace(BOX, (_, tick: string) => (tick === " " ? "☐" : "☑"));
    });
  });
}
