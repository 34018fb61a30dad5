// What asc's program knows beside a name that it does not find: the members of the type, or what the imported file exports.

/** The part of a named thing that is looked at. */
interface ProgramElement {
  readonly name: string;
  readonly members?: ReadonlyMap<string, unknown> | null;
  readonly instanceMembers?: ReadonlyMap<string, unknown> | null;
  readonly basePrototype?: ProgramElement | null;
  readonly exports?: ReadonlyMap<string, unknown> | null;
}

interface AscProgram {
  readonly elementsByName?: ReadonlyMap<string, ProgramElement>;
  readonly filesByName?: ReadonlyMap<string, ProgramElement>;
}

const NO_MEMBER = /^(?:Property '[^']*' does not exist on type|Type) '([^']*)'/;
const NO_EXPORT = /^Module '([^']*)' has no exported member/;

/** Names beside one that is not found, and which of them belong to the class and not to its objects. */
export interface NamesBeside {
  readonly known: readonly string[];
  readonly statics: readonly string[];
}

/** The names that a message is about, so that the one that was meant can be found among them; nothing for most messages. */
export function namesBeside(program: object, code: number, message: string): NamesBeside | undefined {
  const { elementsByName, filesByName } = program as AscProgram;
  if (code === 2339 || code === 2460) {
    const type = NO_MEMBER.exec(message)?.[1];
    return type === undefined || elementsByName === undefined ? undefined : membersOf(elementsByName, type);
  }
  if (code !== 2305) return undefined;
  const file = filesByName?.get(NO_EXPORT.exec(message)?.[1] ?? "");
  return file?.exports == null ? undefined : { known: namesIn(file.exports), statics: [] };
}

/** The members of all types that are called so: the message has the name without its file. */
function membersOf(elements: ReadonlyMap<string, ProgramElement>, type: string): NamesBeside | undefined {
  const name = type.replace(/<.*|\s*\| null$/g, "").replace(/^.*\//, "");
  const found = new Set<string>();
  const statics = new Set<string>();
  for (const [path, element] of elements) {
    if (element.name !== name || !path.endsWith(name)) continue;
    for (let at: ProgramElement | null | undefined = element; at != null; at = at.basePrototype) {
      for (const member of namesIn(at.members)) statics.add(member);
      for (const member of namesIn(at.instanceMembers)) found.add(member);
    }
  }
  const known = [...new Set([...statics, ...found])];
  const own = [...statics].filter((member) => !found.has(member));
  return known.length === 0 ? undefined : { known, statics: own };
}

/** Names that an author can write; those with two underscores are generated. */
function namesIn(map: ReadonlyMap<string, unknown> | null | undefined): string[] {
  return [...(map?.keys() ?? [])].filter((name) => /^[A-Za-z]\w*$/.test(name) && name !== "constructor");
}
