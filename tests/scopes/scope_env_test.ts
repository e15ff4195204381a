import assert from "node:assert/strict";
import { test } from "node:test";
import { parsePermissions } from "../../lib/phases/scope/parse_permissions.ts";
import { resolveScope } from "../../lib/phases/scope/resolve_scope.ts";
import { scopeEnv } from "../../lib/phases/scope/scope_env.ts";
import { isSecretName } from "../../lib/phases/scope/secret_names.ts";
import { isSecretFile } from "../../lib/phases/scope/secret_paths.ts";

const DIRS = { run: "/r/1", runs: "/r", home: "/h", tmp: "/tmp", cache: "/h/.cache" };

const ENV = {
  PATH: "/bin",
  HOME: "/h",
  CUDA_VISIBLE_DEVICES: "0",
  HF_TOKEN: "hush",
  PARAM_LR: "0.1",
  SSH_AUTH_SOCK: "/tmp/agent",
  LC_ALL: "C",
  https_proxy: "http://proxy",
};

function names(permissions: unknown, own: string[] = []): string[] {
  const scope = resolveScope([parsePermissions(permissions)], "run", DIRS);
  return Object.keys(scopeEnv(ENV, scope, { own }).env);
}

test("scopeEnv() inherits all but what looks like a secret", () => {
  const all = Object.keys(ENV);
  const secret = ["HF_TOKEN", "SSH_AUTH_SOCK"];
  assert.deepEqual(names({}), all.filter((name) => !secret.includes(name)));
  assert.deepEqual(names({ env: true }), all);
  assert.deepEqual(
    names({ env: ["${default}", "HF_TOKEN"] }),
    all.filter((n) => n !== "SSH_AUTH_SOCK"),
  );
});

test("scopeEnv() passes a base set, and what is listed", () => {
  assert.deepEqual(names("strict"), ["PATH", "HOME", "LC_ALL"]);
  assert.deepEqual(names({ env: false, net: false }), ["PATH", "HOME", "LC_ALL"]);
  assert.deepEqual(names({ env: ["PARAM_*"], net: false }), ["PATH", "HOME", "PARAM_LR", "LC_ALL"]);
  assert.deepEqual(names({ profile: "strict", net: true }), [
    "PATH",
    "HOME",
    "LC_ALL",
    "https_proxy",
  ]);
});

test("scopeEnv() lets a command's own variables through, and denials win over all others", () => {
  assert.ok(names("strict", ["HF_TOKEN"]).includes("HF_TOKEN"));
  assert.ok(!names({ env: { allow: true, deny: ["PARAM_*"] } }).includes("PARAM_LR"));
  assert.ok(!names({ env: { deny: ["PATH"] } }).includes("PATH"));
});

test("scopeEnv() says what it withholds, why, and never a value", () => {
  const permissions = parsePermissions({ env: { deny: ["PARAM_LR"] } });
  const { withheld } = scopeEnv(ENV, resolveScope([permissions], "run", DIRS));
  assert.deepEqual(withheld.map(({ name, why }) => [name, why]), [
    ["HF_TOKEN", "secret"],
    ["PARAM_LR", "denied"],
    ["SSH_AUTH_SOCK", "secret"],
  ]);
  assert.equal(withheld[1].line, null);
  assert.ok(!JSON.stringify(withheld).includes("hush"));
});

test("isSecretName() knows secrets from their lookalikes", () => {
  for (
    const name of [
      "HF_TOKEN",
      "GITHUB_TOKEN",
      "AWS_SECRET_ACCESS_KEY",
      "AWS_ACCESS_KEY_ID",
      "OPENAI_API_KEY",
      "WANDB_API_KEY",
      "PGPASSWORD",
      "MYSQL_PWD",
      "DATABASE_URL",
      "SSH_AUTH_SOCK",
      "SENTRY_DSN",
      "GOOGLE_APPLICATION_CREDENTIALS",
      "npm_config__auth",
      "VAULT_TOKEN_FILE",
      "secret_sauce",
    ]
  ) assert.ok(isSecretName(name), name);
  for (
    const name of [
      "PATH",
      "PWD",
      "OLDPWD",
      "PARENT_PWD",
      "TOKENIZERS_PARALLELISM",
      "MAX_TOKENS",
      "KEYBOARD",
      "MONKEY",
      "PASSES",
      "AUTHOR",
      "CUDA_VISIBLE_DEVICES",
      "XDG_SESSION_TYPE",
    ]
  ) assert.ok(!isSecretName(name), name);
});

test("isSecretFile() knows .env files, but not their examples", () => {
  for (const name of [".env", ".env.local", ".envrc"]) assert.ok(isSecretFile(name), name);
  for (const name of [".env.example", "env", "x.env", ".environment"]) {
    assert.ok(!isSecretFile(name), name);
  }
});
