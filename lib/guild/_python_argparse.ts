/**
 * Flags of scripts that use Python's argparse.
 *
 * @module
 */

import { children, type PythonNode } from "../config/python_tree.ts";
import { type FoundOptions, noOptions } from "./_found_options.ts";
import { argparseOption } from "./_argparse_option.ts";
import {
  lineOf,
  type PythonCall,
  type PythonScript,
  readCall,
  stringOf,
  text,
  valueOf,
  walk,
} from "./_python_calls.ts";
import type { FlagDef } from "./flag_def.ts";

/** Where a parser's options go: to the script, or to one of its subcommands. */
type Owner = { readonly options: FlagDef[]; readonly subcommand: string | null };

/** Finds the options that a script adds to its parsers. */
export function argparseOptions(script: PythonScript): FoundOptions {
  const found = noOptions();
  const main: Owner = { options: found.main, subcommand: null };
  const owners = new Map<string, Owner>();
  const subparsers = new Set<string>();
  /** Owners that calls return, by the calls' places. */
  const returned = new Map<string, Owner>();
  const calls = allCalls(script);
  const parents = parentParsers(calls, script);
  for (const call of calls) {
    const target = assignedTo(call, script);
    const owner = returned.get(place(call.receiverNode)) ?? owners.get(call.receiver) ?? main;
    switch (call.name) {
      case "argparse.ArgumentParser":
      case "ArgumentParser": {
        found.description ??= stringOf(call.keywords.get("description"), script);
        if (target === null) break;
        // A parser that only others take options from: they get copies.
        if (parents.has(target)) owners.set(target, { options: [], subcommand: null });
        else inherit(main, call, owners, script);
        break;
      }
      case "add_argument_group":
      case "add_mutually_exclusive_group":
        if (target !== null) owners.set(target, owner);
        returned.set(place(call.node), owner);
        break;
      case "add_subparsers": {
        if (target !== null) subparsers.add(target);
        const dest = stringOf(call.keywords.get("dest"), script);
        const required = valueOf(call.keywords.get("required"), script) === true;
        found.command = {
          name: dest ?? "command",
          required,
          line: lineOf(call.node, script.source),
        };
        break;
      }
      case "add_parser": {
        if (!subparsers.has(call.receiver) && subparsers.size > 0) break;
        const name = stringOf(call.args[0], script);
        if (name === undefined) break;
        const own: Owner = { options: [], subcommand: name };
        found.subcommands.set(name, own.options);
        inherit(own, call, owners, script);
        if (target !== null) owners.set(target, own);
        returned.set(place(call.node), own);
        break;
      }
      case "add_argument": {
        const flag = argparseOption(call, script, found.unknown);
        if (flag !== null) owner.options.push(flag);
        break;
      }
      case "set_defaults":
        setDefaults(owner, call, script);
    }
  }
  return found;
}

/** All calls, those that others are made on before them. */
function allCalls(script: PythonScript): PythonCall[] {
  const calls: PythonCall[] = [];
  const visit = (node: PythonNode) => {
    for (let child = node.firstChild; child; child = child.nextSibling) visit(child);
    const call = readCall(node, script);
    if (call !== null) calls.push(call);
  };
  visit(script.top);
  return calls;
}

function place(node: PythonNode | null): string {
  return node === null ? "" : `${node.from}-${node.to}`;
}

/** Names of parsers that are parents of others. */
function parentParsers(calls: readonly PythonCall[], script: PythonScript): Set<string> {
  const names = new Set<string>();
  for (const { keywords } of calls) {
    const list = keywords.get("parents");
    if (list === undefined) continue;
    walk(list, (node) => {
      if (node.name === "VariableName") names.add(text(node, script.source));
    });
  }
  return names;
}

function inherit(
  to: Owner,
  call: PythonCall,
  owners: ReadonlyMap<string, Owner>,
  script: PythonScript,
): void {
  const list = call.keywords.get("parents");
  if (list === undefined) return;
  for (const node of children(list)) {
    const parent = owners.get(text(node, script.source));
    if (parent !== undefined) to.options.push(...parent.options);
  }
}

/** Name that the value of a call is assigned to: `parser`, `self.parser`, of `with … as p` too. */
function assignedTo(call: PythonCall, script: PythonScript): string | null {
  const { parent } = call.node;
  if (parent?.name !== "AssignStatement") return null;
  const [target, ...rest] = children(parent);
  return rest.some((node) => node.name === "AssignOp")
    ? text(target, script.source).replace(/\s/g, "")
    : null;
}

function setDefaults(owner: Owner, call: PythonCall, script: PythonScript): void {
  for (const [name, node] of call.keywords) {
    const value = valueOf(node, script);
    const at = owner.options.findIndex((flag) => flag.name.replaceAll("-", "_") === name);
    if (value !== undefined && at >= 0) {
      owner.options[at] = { ...owner.options[at], default: value };
    }
  }
}
