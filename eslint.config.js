import js from "@eslint/js";
import tseslint from "typescript-eslint";

const COMPOSITION_ROOT = [
  "server/main.ts",
  "server/command-line.ts",
  "server/commands/**",
  "scripts/**",
  "tests/**",
  "client/**",
];

export default tseslint.config(
  { ignores: ["dist", "coverage", "data", ".tsbuild"] },
  js.configs.recommended,
  {
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        project: [
          "tsconfig.shared.json",
          "tsconfig.server.json",
          "tsconfig.client.json",
          "tsconfig.tests.json",
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/require-await": "off",
      "max-lines": ["error", { max: 300 }],
      "max-lines-per-function": ["error", { max: 70 }],
      "max-params": ["error", 4],
    },
  },
  {
    files: ["tests/**"],
    rules: { "max-lines-per-function": "off", "max-params": "off" },
  },
  {
    files: ["server/**/*.ts"],
    ignores: COMPOSITION_ROOT,
    rules: {
      "no-restricted-properties": [
        "error",
        { object: "Math", property: "random", message: "Randomness is passed in." },
        { object: "Date", property: "now", message: "The clock is passed in." },
        { object: "process", property: "env", message: "The environment is read at the composition root." },
      ],
      "no-restricted-syntax": [
        "error",
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: "The clock is passed in.",
        },
      ],
    },
  },
  {
    files: ["scripts/**/*.mjs", "bin/**/*.mjs", "server/**/*.mjs", "tests/**/*.mjs", "*.js"],
    languageOptions: {
      globals: Object.fromEntries(
        ["process", "console", "URL", "fetch", "AbortController"].map((name) => [name, "readonly"]),
      ),
    },
  },
  {
    files: ["**/*.cjs"],
    languageOptions: { globals: { process: "readonly", __dirname: "readonly" } },
  },
);
