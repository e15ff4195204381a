/**
 * What does a line of output say about a network that a scope withheld?
 *
 * @module
 * @internal
 */

import { allowLine } from "./allow_line.ts";
import { hostPorts } from "./bwrap/host_ports.ts";
import type { Denial, DenialFacts } from "./denial.ts";

const NO_NET =
  /Name or service not known|Temporary failure in name resolution|could ?n[o']t resolve (host|proxy)|Network is unreachable|nodename nor servname|failed to lookup address|Failed to resolve|dns error|Could not connect to .*port/i;
/** In capitals, else `FileNotFoundError` would be one of them. */
const NO_NET_CODE = /\b(EAI_AGAIN|ENOTFOUND|ENETUNREACH)\b/;
const NO_FAMILY = /Address family not supported|EAFNOSUPPORT/;

/** The last ones are curl's and MySQL's words. */
const REFUSED =
  /Connection ?refused|ECONNREFUSED|could(?: not|n't) connect to server|can't connect to .{0,40}server/i;
const LOCALHOST =
  /(?<![\w.-])(?:localhost(?:\.localdomain)?(?![\w-]|\.\w)|127(?:\.\d{1,3}){3}(?!\.?\d)|::1(?!\w|:\w*:))/gi;

/** Explains what a line says about names that nobody knows, and addresses where nobody answers. */
export function explainNet({ scope }: DenialFacts, line: string): Denial[] {
  const { phase, net } = scope;
  if (!net.all && (NO_NET.test(line) || NO_NET_CODE.test(line))) {
    const allow = allowLine(scope, "net", true);
    const message = `phase '${phase}' has no network; to allow it: ${allow}`;
    return [{ kind: "net", what: "network", line: allow, message }];
  }
  if (!net.all && REFUSED.test(line) && namesOurs(line)) {
    const allow = allowLine(scope, "net", true);
    const message = `phase '${phase}' has no network: its localhost is its own, and what listens ` +
      `on this machine is not there; to allow it: ${allow}`;
    return [{ kind: "net", what: "network", line: allow, message }];
  }
  if (!net.unix && NO_FAMILY.test(line)) {
    const allow = allowLine(scope, "net", "unix");
    const message = `phase '${phase}' may not make sockets in files, as processes use to ` +
      `work together; to allow them: ${allow}`;
    return [{ kind: "net", what: "unix", line: allow, message }];
  }
  return [];
}

/**
 * Whether a line names localhost, and with it no port on which nobody listens here: with the
 * network, that would be refused as well.
 */
function namesOurs(line: string): boolean {
  const places = [...line.matchAll(LOCALHOST)];
  if (places.length === 0) return false;
  const behind = places.map(({ 0: { length }, index }) => line.slice(index + length))
    .map((rest) => /^[\])|'"]*[:/](\d{1,5})(?!\w|\.\d)/.exec(rest)?.[1]);
  const named = [...line.matchAll(/\bport\W{0,3}(\d{1,5})\b/gi)].map(([, port]) => port);
  const ports = [...behind, ...named].filter((port) => port !== undefined).map(Number);
  const open = ports.length === 0 ? null : hostPorts();
  return open === null || ports.some((port) => open.has(port));
}
