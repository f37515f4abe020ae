import ts from "typescript";

/** The exports that a dynamic import takes: `(await import("…")).a`, `const { a } = await …`, `.then(({ a }) => …)`. */
export function namesTaken(call: ts.CallExpression): string[] | "all" {
  let node: ts.Node = call;
  while (ts.isAwaitExpression(node.parent) || ts.isParenthesizedExpression(node.parent)) node = node.parent;
  const { parent } = node;
  if (ts.isVariableDeclaration(parent)) return namesBound(parent.name);
  if (ts.isExpressionStatement(parent)) return [];
  if (!ts.isPropertyAccessExpression(parent)) return "all";
  if (node !== call) return [parent.name.text];
  const isThen = parent.name.text === "then" && ts.isCallExpression(parent.parent);
  const use = isThen ? parent.parent.arguments[0] : undefined;
  if (!use || !(ts.isArrowFunction(use) || ts.isFunctionExpression(use))) return "all";
  const [given] = use.parameters;
  return given ? namesBound(given.name) : [];
}

function namesBound(name: ts.BindingName): string[] | "all" {
  if (!ts.isObjectBindingPattern(name)) return "all";
  if (name.elements.some((element) => element.dotDotDotToken)) return "all";
  return name.elements.map((element) => (element.propertyName ?? element.name).getText());
}
