import type { Command } from "commander";

/** Adds the options of every verb that prints a link: where people reach the server. */
export const addLinkOptions = (command: Command): Command =>
  command
    .option("--public-url <url>", "public address of the server (env: PUBLIC_URL)")
    .option("--port <number>", "port of a server on this machine (env: PORT; default: 8080)");

/** Where the address in a link comes from, first source first. */
export const LINK_HELP = [
  "",
  "The link starts with --public-url or PUBLIC_URL; otherwise with the address of the server that runs on the same",
  "SQLite file; otherwise with http://127.0.0.1 and --port, PORT or 8080.",
].join("\n");
