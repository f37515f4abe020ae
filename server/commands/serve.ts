import type { Command } from "commander";
import type { ServeFlags } from "./support/run-server.ts";

export function serveCommand(program: Command): void {
  program
    .command("serve")
    .description("run the server; an empty database is filled with the demo study")
    .option(
      "--host <address>",
      "address to listen on; 0.0.0.0 for all interfaces (default: 127.0.0.1, this machine only)",
    )
    .option("--port <number>", "port to listen on (env: PORT; default: 8080)")
    .option("--public-url <url>", "public address of the server, used in every link (env: PUBLIC_URL)")
    .option(
      "--trust-proxy <addresses>",
      "comma-separated addresses of proxies whose X-Forwarded-For header is trusted (env: TRUST_PROXY; default: none)",
    )
    .option(
      "--judge-servers <file>",
      "YAML file of model servers, with keys and prices, that the dashboard may use (env: JUDGE_SERVERS; default: none)",
    )
    .option(
      "--drain <seconds>",
      "keep answering this long after SIGTERM, with /readyz at 503, so that a load balancer notices (env: DRAIN_SECONDS; default: 0)",
    )
    .option(
      "--uploads <folder>",
      "where files uploaded in the dashboard wait to be loaded (env: UPLOADS_FOLDER; default: beside the SQLite file, or data/uploads)",
    )
    .option(
      "--upload-limit <GB>",
      "largest file that can be uploaded in the dashboard (env: UPLOAD_LIMIT_GB; default: 8)",
    )
    .option(
      "--oidc-issuer <url>",
      "OpenID provider at which people can sign in (env: OIDC_ISSUER; default: none)",
    )
    .option("--oidc-client-id <id>", "what the provider calls this server (env: OIDC_CLIENT_ID)")
    .option(
      "--oidc-client-secret-file <file>",
      "file with the secret that the provider gave this server (env: OIDC_CLIENT_SECRET_FILE, or OIDC_CLIENT_SECRET for the secret itself)",
    )
    .option(
      "--oidc-name <name>",
      "name of the provider on the button (env: OIDC_NAME; default: its host name)",
    )
    .option("--no-demo", "do not load the demo study into an empty database")
    .addHelpText(
      "after",
      [
        "\nExamples:",
        "  npx tiebreak serve --port 8081",
        "  npx tiebreak serve --public-url https://study.example.org --trust-proxy loopback",
        "  npx tiebreak serve --judge-servers model-servers.yaml",
        "  npx tiebreak serve --oidc-issuer https://id.example.org --oidc-client-id tiebreak",
      ].join("\n"),
    )
    .action(async (_flags: unknown, command: Command) => {
      const { runServer } = await import("./support/run-server.ts"); // its imports are heavy, and no other verb needs them
      await runServer(command.optsWithGlobals<ServeFlags>());
    });
}
