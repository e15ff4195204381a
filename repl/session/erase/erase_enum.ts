/**
 * Turns an enum into the object that it is at run time.
 *
 * @module
 */

import type { Expression, TSEnumDeclaration, TSEnumMember } from "@babel/types";
import { endOf, type Erasure, nameIt, skipAhead, startOf, textOf, unsupported } from "./context.ts";

/**
 * `enum A { X, Y = "y" }` becomes a constant with the same members and, for numbers, the names
 * back. Members are variables inside, so that an initializer can use those before it. With
 * `assign` it is assigned instead of declared.
 */
export function transformEnum(
  node: TSEnumDeclaration,
  erasure: Erasure,
  assign: boolean,
): void {
  const { edits, source } = erasure;
  if (node.declare) {
    edits.blank(startOf(node), endOf(node), { first: ";" });
    return;
  }
  const name = node.id.name;
  const open = skipAhead(erasure, endOf(node.id));
  const again = erasure.declared.has(name);
  erasure.declared.add(name);
  edits.replace(
    startOf(node),
    open + 1,
    again ? `;((${name}) => {` : `${nameIt(name, assign)}((${name}) => {`,
  );
  let before: string | undefined;
  for (const [index, member] of node.members.entries()) {
    const { key, local } = memberName(member, name, erasure);
    const value = memberValue(member, index === 0 ? "-1" : before, erasure);
    const target = local === undefined ? "" : `let ${local} = `;
    const slot = `${name}[${key}]`;
    if (value.initializer === undefined) {
      edits.replace(startOf(member), endOf(member), `${target}${slot} = ${value.code};`);
    } else {
      const equals = skipAhead(erasure, endOf(member.id));
      edits.replace(startOf(member), equals + 1, `${target}${slot} = (`);
      erasure.visit(value.initializer);
      edits.insert(endOf(member), ");");
    }
    if (!value.isString) {
      edits.insert(endOf(member), ` if (typeof ${slot} !== "string") ${name}[${slot}] = ${key};`);
    }
    before = value.isString ? undefined : slot;
    const after = skipAhead(erasure, endOf(member));
    if (source[after] === ",") edits.blank(after, after + 1);
  }
  edits.replace(
    endOf(node) - 1,
    endOf(node),
    `return ${name}; })(${again ? name : "{}"});`,
  );
}

/** The member's key as a string literal, and its name as a variable where it can be one. */
function memberName(
  member: TSEnumMember,
  enumName: string,
  erasure: Erasure,
): { key: string; local?: string } {
  if (member.id.type === "StringLiteral") return { key: textOf(erasure, member.id) };
  const { name } = member.id;
  const key = JSON.stringify(name);
  return name === enumName || RESERVED.has(name) ? { key } : { key, local: name };
}

function memberValue(
  member: TSEnumMember,
  before: string | undefined,
  erasure: Erasure,
): { code: string; initializer?: Expression; isString: boolean } {
  const { initializer } = member;
  if (initializer) {
    const isString = initializer.type === "StringLiteral" ||
      initializer.type === "TemplateLiteral" && initializer.expressions.length === 0;
    return { code: "", initializer, isString };
  }
  if (before === undefined) {
    throw unsupported(
      member,
      `Enum member '${textOf(erasure, member)}' needs a value after a string`,
    );
  }
  return { code: before === "-1" ? "0" : `${before} + 1`, isString: false };
}

/** Words that may name a member but no variable in strict code. */
const RESERVED = new Set(
  ("arguments await break case catch class const continue debugger default delete do else enum " +
    "eval export extends false finally for function if implements import in instanceof interface " +
    "let new null package private protected public return static super switch this throw true " +
    "try typeof var void while with yield").split(" "),
);
