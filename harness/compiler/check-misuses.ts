// The words for names that cannot do where they stand what they say (read-misuses).

import type { Problem } from "./diagnostic.js";
import type { Misuse, MisuseKind, SourceModel } from "./model.js";

interface Wording {
  readonly code: string;
  readonly message: (misuse: Misuse) => string;
  readonly hint: (misuse: Misuse) => string;
}

const WORDINGS: Readonly<Record<MisuseKind, Wording>> = {
  statementCall: {
    code: "QW230",
    message: ({ name }) => `${name}() stands inside of an expression.`,
    hint: ({ name }) => `Write it as a statement of its own: \`if (condition) ${name}(...);\`.`,
  },
  lostState: {
    code: "QW231",
    message: ({ name }) =>
      `This changes ${name}, which is no field of the contract: the next call begins without the change.`,
    hint: ({ name }) => `Keep it in a field of the contract, \`this.${name}\`, or in a variable of the method.`,
  },
  unsafe: {
    code: "QW232",
    message: ({ name }) => `${name} goes past the checks of types, bounds and memory.`,
    hint: () => "Use the SDK's types. What needs it stands in a method marked @unsafe.",
  },
  readonlyField: {
    code: "QW233",
    message: ({ name }) => `${name} is readonly: only what it is declared with and an @init method set it.`,
    hint: () => "Leave readonly out, or assign it in the @init method.",
  },
  recordBase: {
    code: "QW234",
    message: ({ name, also }) =>
      `${name} extends ${also}, but what is encoded of it are the fields written in it alone.`,
    hint: ({ name, also }) =>
      `Write the fields of ${also} out, or keep a field \`base: ${also}\`. qwvm 0.1.0 stored the own fields of ${name} and nothing else: to read that, leave \`extends\` out.`,
  },
  recordInterface: {
    code: "QW234",
    message: ({ name, also }) =>
      `${name} is an @${also} and cannot implement an interface: it lives only until it is encoded.`,
    hint: () => "Leave `implements` out.",
  },
  abstractRecord: {
    code: "QW234",
    message: ({ name, also }) => `${name} is an @${also} and cannot be abstract: it is made of its fields.`,
    hint: () => "Leave `abstract` out.",
  },
  nestedClass: {
    code: "QW102",
    message: ({ name, also }) => `${name} is marked @${also}, but is not at the top of its file.`,
    hint: () => "Move the class out of what is around it.",
  },
  newCollection: {
    code: "QW235",
    message: ({ name }) => `A ${name} cannot be made with new: it is a place in storage, named by its field.`,
    hint: ({ name }) => `Declare it as a field of the contract, \`items: ${name}<...>;\`, and use \`this.items\`.`,
  },
  structInitializer: {
    code: "QW238",
    message: ({ name, also }) =>
      `${name} starts with this in \`new ${also}()\`, but is zero where no ${also} has been stored.`,
    hint: ({ also }) => `Leave it out and set it where a ${also} is made, or in a constructor.`,
  },
  takenName: {
    code: "QW114",
    message: ({ name }) =>
      name.startsWith("__")
        ? `${name} begins with two underscores, as generated names do.`
        : `${name} is a name of AssemblyScript's that generated code in this file needs.`,
    hint: ({ name }) => (name.startsWith("__") ? `Call it ${name.replace(/^_+/, "")}.` : "Choose another name."),
  },
  topStatement: {
    code: "QW236",
    message: ({ name }) =>
      `${name === "" ? "This" : name} stands outside of functions: it would run in every call, whichever that is.`,
    hint: () => "Move it into a method; what is done once, at deployment, stands in the @init method.",
  },
  ownDecorator: {
    code: "QW101",
    message: ({ name }) => `@${name} is a declaration of the project's own, and would never be called.`,
    hint: () => 'Decorators are those of "qwvm/sdk-as": rename what has the name.',
  },
  lineEnd: {
    code: "QW239",
    message: () => "A line ends here for TypeScript, but not for AssemblyScript: a comment would go on behind it.",
    hint: () => "End lines with LF or CR LF.",
  },
};

/** Problems of a file's names. */
export function checkMisuses({ misuses }: SourceModel): Problem[] {
  return misuses.map((misuse) => {
    const { code, message, hint } = WORDINGS[misuse.kind];
    return { code, message: message(misuse), span: misuse.span, hint: hint(misuse) };
  });
}
