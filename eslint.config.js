import eslint from "@eslint/js";
import { defineConfig } from "eslint/config";
import typescript from "typescript-eslint";

export default defineConfig(
  { ignores: ["docs/", "site/", "node_modules/", ".venv*/", ".cache/"] },
  eslint.configs.recommended,
  typescript.configs.strict,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      // The compiler knows every name, in the JavaScript of the theme too (ts-check).
      "no-undef": "off",
      // Callbacks that do nothing are meant to.
      "@typescript-eslint/no-empty-function": "off",
      "no-console": "error",
      eqeqeq: "error",
    },
  },
);
