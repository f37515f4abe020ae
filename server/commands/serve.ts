import type { Command } from "commander";
import type { ServeFlags } from "./support/run-server.ts";

export function serveCommand(program: Command): void {
  program
    .command("serve")
    .description("run the server; an empty database gets the demo study")
    .option(
      "--host <address>",
      "the address to listen on (127.0.0.1, only this machine, if not said; 0.0.0.0 for all)",
    )
    .option("--port <number>", "the port to listen on (PORT; 8080 if not said)")
    .option(
      "--public-url <url>",
      "the address people reach the server under; stands in every link (PUBLIC_URL)",
    )
    .option(
      "--trust-proxy <addresses>",
      "addresses of proxies, with commas between, whose X-Forwarded-For is believed (TRUST_PROXY; none if not said)",
    )
    .option(
      "--judge-servers <file>",
      "YAML: the model servers, with their keys and prices, that runs from the desk may use (JUDGE_SERVERS; none if not said)",
    )
    .option("--no-demo", "leave an empty database empty")
    .addHelpText(
      "after",
      [
        "\nExamples:",
        "  npx tiebreak serve --port 8081",
        "  npx tiebreak serve --public-url https://study.example.org --trust-proxy loopback",
        "  npx tiebreak serve --judge-servers model-servers.yaml",
      ].join("\n"),
    )
    .action(async (_flags: unknown, command: Command) => {
      const { runServer } = await import("./support/run-server.ts"); // the other verbs need nothing of what it brings along
      await runServer(command.optsWithGlobals<ServeFlags>());
    });
}
