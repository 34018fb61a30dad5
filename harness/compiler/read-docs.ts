// Reads doc comments: the text, with its paragraphs and tags, and what `@param` says of one parameter or field. Lines of a
// paragraph are joined; paragraphs have an empty line between them, and each tag but `@param` a line of its own.

import { ts } from "ts-morph";

/** The doc comment above a declaration, without stars and without `@param`, whose text is the parameter's. */
export function docsOf(node: ts.Node): string | undefined {
  if (ts.isParameter(node)) return ownComment(node) ?? paramText(ts.getJSDocParameterTags(node));
  return ownComment(node);
}

/** As `docsOf`, for a field of a record: what it lacks itself may stand in the class's comment as `@param`. */
export function fieldDocsOf(node: ts.ParameterDeclaration | ts.PropertyDeclaration): string | undefined {
  const own = docsOf(node);
  if (own !== undefined) return own;
  const owner = ts.isParameter(node) ? node.parent.parent : node.parent;
  const name = node.name.getText();
  const tags = commentOf(owner)?.tags?.filter(ts.isJSDocParameterTag) ?? [];
  return paramText(tags.filter((tag) => tag.name.getText() === name));
}

function ownComment(node: ts.Node): string | undefined {
  const comment = commentOf(node);
  if (comment === undefined) return undefined;
  const tags = (comment.tags ?? []).filter((tag) => !ts.isJSDocParameterTag(tag)).map(tagText);
  const text = [plainText(comment.comment), tags.join("\n")].filter((part) => part !== "").join("\n\n");
  return text === "" ? undefined : text;
}

/** The comment right above; one further up belongs to the file. */
function commentOf(node: ts.Node): ts.JSDoc | undefined {
  return (node as { jsDoc?: readonly ts.JSDoc[] }).jsDoc?.at(-1);
}

/** The tag as written: some have a name or a type beside their text. */
function tagText(tag: ts.JSDocTag): string {
  const written = tag.getSourceFile().text.slice(tag.pos, tag.end);
  return written
    .split("\n")
    .map((line, i) => (i === 0 ? line : line.replace(/^\s*\*/, "")).trim())
    .filter((line) => line !== "")
    .join(" ");
}

function paramText(tags: readonly ts.JSDocParameterTag[]): string | undefined {
  const text = plainText(tags[0]?.comment).replace(/^-\s+/, "");
  return text === "" ? undefined : text;
}

function plainText(comment: string | ts.NodeArray<ts.JSDocComment> | undefined): string {
  return (ts.getTextOfJSDocComment(comment) ?? "")
    .trim()
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim().replace(/\s*\n\s*/g, " "))
    .join("\n\n");
}
