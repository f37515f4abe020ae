import { execFileSync } from "node:child_process";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** llama.cpp as an npm package: as much of it as is used here. */
export interface NodeLlamaCpp {
  readonly getLlama: (options: object) => Promise<Llama>;
  readonly GeneralChatWrapper: new () => ChatWrapper;
  readonly LlamaChat: new (options: { contextSequence: Sequence; chatWrapper: ChatWrapper }) => Chat;
}
interface Llama {
  readonly loadModel: (options: { modelPath: string }) => Promise<Model>;
  readonly createGrammarForJsonSchema: (schema: object) => Promise<object>;
  readonly dispose: () => Promise<void>;
}
interface Model {
  readonly tokenizer: object;
  readonly createContext: (options: { contextSize: number }) => Promise<{ getSequence: () => Sequence }>;
}
interface Sequence {
  readonly tokenMeter: { readonly usedInputTokens: number; readonly usedOutputTokens: number };
  readonly dispose: () => void;
}
interface ChatWrapper {
  readonly generateContextState: (of: { chatHistory: readonly Turn[] }) => {
    readonly contextText: { readonly tokenize: (tokenizer: object) => readonly number[] };
  };
}
interface Chat {
  readonly generateResponse: (
    history: readonly Turn[],
    options: object,
  ) => Promise<{ readonly response: string; readonly metadata: { readonly stopReason: string } }>;
  readonly dispose: () => void;
}
export type Turn =
  | { readonly type: "system" | "user"; readonly text: string }
  | { readonly type: "model"; readonly response: readonly string[] };

const NAME = "node-llama-cpp";
const VERSION = "3.22.1";

/** Installs the package and its binary for this machine into a folder, without running its scripts. @throws Error where npm cannot */
export function installLlamaCpp(folder: string): void {
  const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
  const flags = ["--prefix", folder, "--ignore-scripts", "--omit=optional", ...quiet];
  const packages = [NAME, `@${NAME}/${binary()}`].map((name) => `${name}@${VERSION}`);
  execFileSync("npm", ["install", ...flags, ...packages], { encoding: "utf8", stdio: "pipe" });
}

/** The package in the folder that it was installed into. */
export async function importLlamaCpp(folder: string): Promise<NodeLlamaCpp> {
  const main = path.join(folder, "node_modules", NAME, "dist/index.js");
  return (await import(pathToFileURL(main).href)) as NodeLlamaCpp;
}

function binary(): string {
  const { platform, arch } = process;
  if (platform !== "darwin") return `${platform}-${arch}`;
  return arch === "arm64" ? "mac-arm64-metal" : `mac-${arch}`;
}
