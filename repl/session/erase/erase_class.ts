/**
 * Erases types from classes and turns parameter properties into assignments.
 *
 * @module
 */

import type {
  Class,
  ClassAccessorProperty,
  ClassMethod,
  ClassPrivateMethod,
  ClassPrivateProperty,
  ClassProperty,
  Statement,
  TSParameterProperty,
} from "@babel/types";
import {
  endOf,
  endStatement,
  type Erasure,
  nameEnd,
  skipAhead,
  skipBack,
  startOf,
  textOf,
  unsupported,
} from "./context.ts";
import { eraseFunction } from "./erase_function.ts";

type Property = ClassAccessorProperty | ClassPrivateProperty | ClassProperty;

/** A class, declared or as an expression. */
export function eraseClass(node: Class, erasure: Erasure): void {
  const { edits } = erasure;
  if (node.decorators?.length) {
    throw unsupported(node, "Decorators are not supported; call the function instead");
  }
  if ("abstract" in node && node.abstract) {
    edits.blank(startOf(node), startOf(node) + "abstract".length);
  }
  erasure.visit([node.id, node.typeParameters, node.superClass]);
  erasure.visit([node.superTypeParameters, Reflect.get(node, "superTypeArguments")]);
  const implemented = node.implements;
  if (implemented?.length) {
    const start = skipBack(erasure, startOf(implemented[0])) - "implements".length;
    edits.blank(start, endOf(implemented[implemented.length - 1]));
  }
  const names = node.body.body.flatMap((member) =>
    member.type === "ClassMethod" ? parameterProperties(member, erasure) : []
  );
  // As fields they come first, and are the instance's own whatever the base class has.
  if (names.length > 0) edits.insert(startOf(node.body) + 1, names.map((n) => ` ${n};`).join(""));
  erasure.visit(node.body.body);
}

/** A field. Declared and abstract ones are types only. */
export function eraseProperty(node: Property, erasure: Erasure): void {
  const { edits } = erasure;
  const flags = node as { declare?: boolean; abstract?: boolean };
  if (flags.declare || flags.abstract) {
    edits.blank(startOf(node), endOf(node), { first: ";" });
    return;
  }
  eraseModifiers(node, erasure);
  erasure.visit(node.key);
  eraseMark(node, erasure);
  erasure.visit([node.typeAnnotation, node.value]);
  endStatement(node, erasure);
}

/** A method, accessor or constructor. */
export function eraseMethod(node: ClassMethod | ClassPrivateMethod, erasure: Erasure): void {
  const flags = node as { abstract?: boolean | null };
  if (flags.abstract) {
    erasure.edits.blank(startOf(node), endOf(node), { first: ";" });
    return;
  }
  eraseModifiers(node, erasure);
  eraseMark(node, erasure);
  if (node.kind === "constructor") assignParameterProperties(node as ClassMethod, erasure);
  eraseFunction(node, erasure);
}

/** A constructor's parameter with modifiers; only its name and default stay. */
export function eraseParameterProperty(node: TSParameterProperty, erasure: Erasure): void {
  erasure.edits.blank(startOf(node), startOf(node.parameter));
  erasure.visit(node.parameter);
}

/** Words before a member's name, such as `private readonly`; `static`, `async`, `get` stay. */
function eraseModifiers(
  node: Property | ClassMethod | ClassPrivateMethod,
  erasure: Erasure,
): void {
  if ((node as { decorators?: unknown[] | null }).decorators?.length) {
    throw unsupported(node, "Decorators are not supported; call the function instead");
  }
  const word = /(?:private|protected|public|readonly|override|static|abstract|declare)(?![\w$])/y;
  let at = startOf(node);
  let first = true;
  while (at < startOf(node.key)) {
    word.lastIndex = at;
    const found = word.exec(erasure.source);
    if (found === null) return;
    if (found[0] !== "static") {
      // In place of the first word `;` keeps `[key]` from becoming part of the field before.
      erasure.edits.blank(at, word.lastIndex, first ? { first: ";" } : {});
    }
    first = false;
    at = skipAhead(erasure, word.lastIndex);
  }
}

/** The `?` or `!` after a member's name. */
function eraseMark(node: Property | ClassMethod | ClassPrivateMethod, erasure: Erasure): void {
  const flags = node as { optional?: boolean | null; definite?: boolean | null };
  if (!flags.optional && !flags.definite) return;
  let at = skipAhead(erasure, endOf(node.key));
  if (erasure.source[at] === "]") at = skipAhead(erasure, at + 1);
  erasure.edits.blank(at, at + 1);
}

/** Names of the fields that a constructor's parameters make, `constructor(private x: T)`. */
function parameterProperties(node: ClassMethod, erasure: Erasure): string[] {
  return node.params.filter((param) => param.type === "TSParameterProperty").map(
    ({ parameter }) => {
      const target = parameter.type === "AssignmentPattern" ? parameter.left : parameter;
      return erasure.source.slice(startOf(target), nameEnd(erasure, startOf(target)));
    },
  );
}

/** Assigns parameter properties, after `super(…)` where there is one. */
function assignParameterProperties(node: ClassMethod, erasure: Erasure): void {
  const names = parameterProperties(node, erasure);
  if (names.length === 0) return;
  const code = names.map((name) => ` this.${name} = ${name};`).join("");
  const superCall = node.body.body.find((statement) => isSuperCall(statement));
  if (superCall === undefined) {
    const last = node.body.directives.at(-1);
    if (last) erasure.edits.insert(endOf(last), `;${code}`);
    else erasure.edits.insert(startOf(node.body) + 1, code);
  } else {
    const ended = textOf(erasure, superCall).endsWith(";");
    erasure.edits.insert(endOf(superCall), ended ? code : `;${code}`);
  }
}

function isSuperCall(statement: Statement): boolean {
  return statement.type === "ExpressionStatement" &&
    statement.expression.type === "CallExpression" &&
    statement.expression.callee.type === "Super";
}
