import type { Command } from "commander";

/** What every verb that prints a link takes: where people reach the server. */
export const addLinkOptions = (command: Command): Command =>
  command
    .option("--public-url <url>", "the address people reach the server under (PUBLIC_URL)")
    .option("--port <number>", "the port of a server on this machine (PORT; 8080 if not said)");

/** How the address in a link is found, in the order of what is asked first. */
export const LINK_HELP = [
  "",
  "The link carries --public-url, or PUBLIC_URL; else the address of the server that runs on the same SQLite",
  "file; else this machine, http://127.0.0.1, with --port, or PORT, or 8080.",
].join("\n");
