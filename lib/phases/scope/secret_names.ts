/**
 * Which variables look like secrets?
 *
 * @module
 */

/** Words that mark a secret anywhere in a name. */
const ANYWHERE = /PASSWORD|PASSWD|PASSPHRASE|SECRET|CREDENTIAL|PRIVATE_?KEY|API_?KEY|ACCESS_?KEY/;

/** Words that do at the end of a name, or before `_FILE`, `_PATH`, `_ID` and the like. */
const AT_END =
  /(^|_)(TOKEN|PASS|PWD|KEY|AUTH|COOKIE|JWT|DSN|CONNECTION_STRING)(_(FILE|PATH|ID|URL|B64|BASE64|JSON))?$/;

/** Names that say neither, and name or hold a way in. */
const KNOWN: ReadonlySet<string> = new Set([
  "AZURE_DEVOPS_EXT_PAT",
  "DATABASE_URL",
  "DBUS_SESSION_BUS_ADDRESS",
  "DOCKER_AUTH_CONFIG",
  "GH_PAT",
  "GITHUB_PAT",
  "GITLAB_PAT",
  "GIT_ASKPASS",
  "GPG_AGENT_INFO",
  "KRB5CCNAME",
  "KUBECONFIG",
  "MONGODB_URI",
  "NETRC",
  "REDIS_URL",
  "SSHPASS",
  "SSH_AGENT_PID",
  "SSH_ASKPASS",
  "SSH_AUTH_SOCK",
  "SUDO_ASKPASS",
  "VSCODE_GIT_IPC_HANDLE",
  "VSCODE_IPC_HOOK_CLI",
  "XAUTHORITY",
]);

/** Names that would be taken for secrets and are none. */
const HARMLESS: ReadonlySet<string> = new Set([
  "GPG_KEY", // a public key's ID, in the images of Python
  "OLDPWD",
  "PARENT_PWD",
  "PWD",
]);

/**
 * Whether a variable's name looks like that of a secret: `HF_TOKEN`, `AWS_SECRET_ACCESS_KEY`,
 * `DATABASE_URL`, or of a way to one: `SSH_AUTH_SOCK`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { isSecretName } from "runlit/secret-names";
 *
 * assert.ok(isSecretName("HF_TOKEN"));
 * assert.ok(!isSecretName("TOKENIZERS_PARALLELISM"));
 * assert.ok(!isSecretName("MAX_TOKENS"));
 * ```
 */
export function isSecretName(name: string): boolean {
  const upper = name.toUpperCase();
  if (HARMLESS.has(upper)) return false;
  return KNOWN.has(upper) || ANYWHERE.test(upper) || AT_END.test(upper);
}
