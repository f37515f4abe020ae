import { TiebreakError } from "./contract/errors.ts";

export interface Config {
  readonly databaseUrl: string;
  readonly host: string;
  readonly port: number;
  /** The address that links carry, without a slash at the end; null: the one the server listens on. */
  readonly publicUrl: string | null;
}

export interface ConfigInput {
  readonly database?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: string | undefined;
  readonly publicUrl?: string | undefined;
}

export class ConfigWrong extends TiebreakError {
  constructor(problems: readonly string[]) {
    super("ConfigWrong", 400, problems.join("\n"));
  }
}

/**
 * Reads flags and environment into one frozen object; flags win.
 * @throws ConfigWrong, naming every problem at once
 */
export function readConfig(flags: ConfigInput, env: Readonly<Record<string, string | undefined>>): Config {
  const problems: string[] = [];
  const port = flags.port ?? env.PORT ?? "8080";
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    problems.push(`PORT: “${port}” is not a port. Give a number from 0 to 65535.`);
  }
  const publicUrl = readPublicUrl(flags.publicUrl ?? env.PUBLIC_URL, problems);
  if (problems.length > 0) throw new ConfigWrong(problems);
  return Object.freeze({
    databaseUrl: flags.database ?? env.DATABASE_URL ?? "data/tiebreak.db",
    host: flags.host ?? "127.0.0.1",
    port: Number(port),
    publicUrl,
  });
}

function readPublicUrl(text: string | undefined, problems: string[]): string | null {
  if (text === undefined) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  const bare = url !== null && url.pathname === "/" && url.search === "" && url.hash === "";
  if (url === null || !/^https?:$/.test(url.protocol) || !bare) {
    problems.push(`--public-url: “${text}” is not an address like https://study.example.org`);
    return null;
  }
  return url.origin;
}
