/** A schema as the description of the interface has it: JSON Schema, draft 2020-12. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly description?: string;
}

/**
 * A schema in the notation of TypeScript, to be read. Limits of numbers and lengths are left out.
 * @param indent spaces before the lines after the first
 */
export function typeText(schema: Schema, indent = ""): string {
  const { type, anyOf, oneOf, allOf, items, prefixItems, properties, additionalProperties: rest } = schema;
  if ("const" in schema) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(" | ");
  const choices = anyOf ?? oneOf;
  if (choices) return [...new Set(choices.map((one) => typeText(one, indent)))].join(" | ");
  if (allOf) return allOf.map((one) => typeText(one, indent)).join(" & ");
  if (prefixItems) return `[${prefixItems.map((one) => typeText(one, indent)).join(", ")}]`;
  if (items) {
    const item = typeText(items, indent);
    return item.includes(" | ") && !item.startsWith("{") ? `(${item})[]` : `${item}[]`;
  }
  if (properties) return objectText(schema, indent);
  if (typeof rest === "object") return `{ [name: string]: ${typeText(rest, indent)} }`;
  const types = [type ?? "any"].flat().map((one) => (one === "integer" ? "number" : one));
  return types.join(" | ");
}

function objectText({ properties = {}, required = [] }: Schema, indent: string): string {
  const inner = `${indent}  `;
  const lines = Object.entries(properties).map(([name, of]) => {
    const note = of.description === undefined ? "" : ` // ${of.description.replaceAll("\n", " ")}`;
    return `${inner}${name}${required.includes(name) ? "" : "?"}: ${typeText(of, inner)};${note}`;
  });
  return lines.length === 0 ? "{}" : `{\n${lines.join("\n")}\n${indent}}`;
}
