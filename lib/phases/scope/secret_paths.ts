/**
 * Where secrets are kept.
 *
 * @module
 * @internal
 */

/** Below the home directory. */
const IN_HOME: readonly string[] = [
  // Keys and agents.
  ".ssh",
  ".gnupg",
  ".age",
  ".config/age",
  ".config/sops",
  ".putty",
  // Clouds and clusters.
  ".aws",
  ".azure",
  ".kube",
  ".boto",
  ".s3cfg",
  ".oci",
  ".config/gcloud",
  ".config/rclone",
  ".config/doctl",
  ".config/hcloud",
  ".terraform.d/credentials.tfrc.json",
  ".terraformrc",
  ".cloudflared",
  ".vault-token",
  ".fly",
  ".netlify",
  ".config/netlify",
  // Registries and forges.
  ".netrc",
  "_netrc",
  ".npmrc",
  ".pypirc",
  ".yarnrc",
  ".yarnrc.yml",
  ".git-credentials",
  ".config/git/credentials",
  ".config/gh",
  ".config/glab-cli",
  ".config/hub",
  ".cargo/credentials",
  ".cargo/credentials.toml",
  ".gem/credentials",
  ".m2/settings.xml",
  ".m2/settings-security.xml",
  ".gradle/gradle.properties",
  ".composer/auth.json",
  ".config/composer/auth.json",
  ".docker/config.json",
  ".docker/run",
  ".docker/desktop",
  ".config/containers/auth.json",
  ".colima",
  ".lima",
  ".rd",
  // Experiments.
  ".cache/huggingface/token",
  ".cache/huggingface/stored_tokens",
  ".huggingface/token",
  ".kaggle",
  ".config/kaggle",
  ".comet.config",
  ".modal.toml",
  ".streamlit/secrets.toml",
  ".local/share/uv/credentials",
  // Databases.
  ".pgpass",
  ".my.cnf",
  ".mylogin.cnf",
  ".databrickscfg",
  ".snowflake",
  // Passwords, browsers, mail, assistants.
  ".password-store",
  ".local/share/keyrings",
  ".local/share/kwalletd",
  ".config/1Password",
  ".config/op",
  ".config/Bitwarden",
  ".config/Bitwarden CLI",
  ".config/keybase",
  ".config/configstore",
  ".config/google-chrome",
  ".config/chromium",
  ".config/BraveSoftware",
  ".config/microsoft-edge",
  ".mozilla",
  ".thunderbird",
  ".config/github-copilot",
  ".claude",
  ".claude.json",
  ".codex",
  ".gemini",
  // What was typed, secrets included.
  ".bash_history",
  ".zsh_history",
  ".python_history",
  ".node_repl_history",
  ".psql_history",
  ".mysql_history",
  ".local/state/runlit",
  ".env",
];

/** Of the system: what root could read without any capability, since it owns the files. */
const IN_SYSTEM: readonly string[] = [
  "/etc/shadow",
  "/etc/shadow-",
  "/etc/gshadow",
  "/etc/gshadow-",
  "/etc/sudoers",
  "/etc/sudoers.d",
  "/etc/ssl/private",
  "/etc/pki/tls/private",
  "/etc/krb5.keytab",
  "/etc/wireguard",
  "/etc/NetworkManager/system-connections",
  "/etc/ssh/ssh_host_rsa_key",
  "/etc/ssh/ssh_host_dsa_key",
  "/etc/ssh/ssh_host_ecdsa_key",
  "/etc/ssh/ssh_host_ed25519_key",
  "/etc/rancher",
  "/etc/kubernetes",
  "/var/spool/cron",
  "/var/lib/systemd/credential.secret",
];

/**
 * Returns the well-known places of secrets: absolute paths of files and directories, which need
 * not exist.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { secretPaths } from "runlit/secret-paths";
 *
 * assert.ok(secretPaths("/home/ada").includes("/home/ada/.ssh"));
 * assert.ok(secretPaths("/home/ada").includes("/etc/shadow"));
 * ```
 */
export function secretPaths(home: string): string[] {
  const prefix = home === "/" ? "" : home;
  return [...IN_HOME.map((path) => `${prefix}/${path}`), ...IN_SYSTEM];
}

/** Whether a file of a project holds settings that are kept out of version control: `.env`. */
export function isSecretFile(name: string): boolean {
  return /^\.env(rc|\..+)?$/.test(name) &&
    !/\.(example|sample|template|dist|defaults?)$/.test(name);
}
