import path from "node:path";
import { ESLint } from "eslint";
import ts from "typescript";

/**
 * Types and lint in one process, so that each file is parsed once and its types are worked out once for both: all that
 * `npm run typecheck` and `npx eslint .` find. Prints what is wrong, and ends with 1 where anything is.
 */
const root = path.resolve(import.meta.dirname, "..");
const declarations = new Map<string, ts.SourceFile | undefined>();

const programs = projectsOf(path.join(root, "tsconfig.json")).map(checkTypes);
const eslint = new ESLint({
  cwd: root,
  overrideConfig: { files: ["**/*.{ts,tsx}"], languageOptions: { parserOptions: { programs } } },
});
const formatter = await eslint.loadFormatter();
const found = await formatter.format(await eslint.lintFiles(["."]));
if (found !== "") {
  console.log(found);
  process.exitCode = 1;
}

/** The configurations that one refers to, in their order: each comes after those that it needs. */
function projectsOf(file: string): string[] {
  const { config } = ts.readConfigFile(file, (name) => ts.sys.readFile(name)) as {
    config: { references: { path: string }[] };
  };
  return config.references.map((reference) => path.resolve(path.dirname(file), reference.path));
}

/** Prints the faults of a project and writes its declarations, which the projects after it read. */
function checkTypes(file: string): ts.Program {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: report };
  const { fileNames, options, projectReferences, errors } = ts.getParsedCommandLineOfConfigFile(
    file,
    {},
    host,
  )!;
  const program = ts.createProgram({
    ...{ rootNames: fileNames, options, host: compilerHost(options), configFileParsingDiagnostics: errors },
    ...(projectReferences ? { projectReferences } : {}),
  });
  for (const diagnostic of ts.getPreEmitDiagnostics(program)) report(diagnostic);
  for (const diagnostic of program.emit().diagnostics) report(diagnostic);
  return program;
}

/** Reads declarations, which all projects share, once. */
function compilerHost(options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options, true);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) => {
    if (!/node_modules.*\.d\.[cm]?ts$/.test(name)) return read(name, ...rest);
    if (!declarations.has(name)) declarations.set(name, read(name, ...rest));
    return declarations.get(name);
  };
  return host;
}

function report(diagnostic: ts.Diagnostic): void {
  const names = { getCurrentDirectory: () => root, getCanonicalFileName: (name: string) => name };
  console.log(ts.formatDiagnostic(diagnostic, { ...names, getNewLine: () => "\n" }).trimEnd());
  process.exitCode = 1;
}
