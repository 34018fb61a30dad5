// What AssemblyScript or a contract does not have in declarations: classes, functions, parameters, names and modules, in words.

import type { Wording } from "./wording.js";

/** Classes, functions and modules. */
export const DECLARATION_WORDS = {
  overload: {
    code: "QW122",
    message: "AssemblyScript has no overloads: `$` is declared again below.",
    hint: "Give each its own name, or one a parameter with a default.",
  },
  optionalField: {
    code: "QW122",
    message: "AssemblyScript has no optional fields: $ is always there.",
    hint: "Leave out the `?`: a field has its zero value until it is set. For one that can be missing write `| null`.",
  },
  optionalParameter: {
    code: "QW122",
    message: "The parameter $ is optional, but has no value for when it is left out.",
    hint: "Leave out the `?`, and write a default behind the type, such as `= 0`.",
  },
  optionalArgument: {
    code: "QW128",
    message: "The parameter $ is optional, but callers always send every argument.",
    hint: "Leave out the `?`.",
  },
  optionalMethod: {
    code: "QW122",
    message: "AssemblyScript has no optional methods.",
    hint: "Leave out the `?`, and write the method in every class.",
  },
  indexSignature: {
    code: "QW122",
    message: "A class has the fields that are written in it, and no others.",
    hint: "Use a StorageMap for state, a Map inside of a method.",
  },
  callSignature: {
    code: "QW122",
    message: "An interface of AssemblyScript has fields and methods alone.",
    hint: "Write a function type: `type Check = (x: u64) => bool;`.",
  },
  computedName: {
    code: "QW122",
    message: "In AssemblyScript a member's name is a plain word, not $.",
    hint: "Write the name without quotes and brackets.",
  },
  privateName: {
    code: "QW122",
    message: "AssemblyScript has no names with `#`.",
    hint: "Write `private $`.",
  },
  staticBlock: {
    code: "QW122",
    message: "AssemblyScript has no static blocks.",
    hint: "Give the static fields their values where they are declared.",
  },
  accessorField: {
    code: "QW122",
    message: "AssemblyScript has no `accessor`.",
    hint: "Leave the word out, or write `get` and `set`.",
  },
  declare: {
    code: "QW122",
    message: "A contract cannot use what is only declared: there is nothing behind $.",
    hint: 'Import it from "qwvm/sdk-as" or from a file of the project. Host functions are called through the SDK.',
  },
  declareField: { code: "QW122", message: "AssemblyScript has no `declare` in a class.", hint: "Leave the word out." },
  thisParameter: {
    code: "QW122",
    message: "A function's `this` cannot be declared.",
    hint: "Pass the object as a parameter with a name.",
  },
  parameterProperty: {
    code: "QW122",
    message: "`$` makes a field of a parameter, which only a constructor can.",
    hint: "Leave the word out.",
  },
  setterResult: { code: "QW122", message: "A `set` accessor has no result.", hint: "Leave out the type behind it." },
  classField: {
    code: "QW122",
    message: "A field of a class is written without `$`.",
    hint: "Leave the word out: `name: u64;`.",
  },
  severalBases: {
    code: "QW122",
    message: "A class extends one class.",
    hint: "Contracts can have several bases: `extends mix(ERC20, Ownable)`.",
  },
  baseExpression: {
    code: "QW122",
    message: "Only a contract can extend `$`: a class extends another class by its name.",
    hint: "Mark the class @contract, or name one class.",
  },
  variance: {
    code: "QW122",
    message: "AssemblyScript has no `$` in front of a type parameter.",
    hint: "Leave the word out.",
  },
  unnamed: { code: "QW122", message: "A $ needs a name here.", hint: "Write the name behind the word." },
  nestedNamespace: {
    code: "QW122",
    message: "AssemblyScript has no dots in the name of a namespace.",
    hint: "Write one namespace in the other, or none: files are namespaces.",
  },
  moduleWord: { code: "QW122", message: "AssemblyScript has no `module`.", hint: "Write `namespace`." },
  exportValue: {
    code: "QW122",
    message: "AssemblyScript has no export of an expression.",
    hint: "Name it first, and export the name: `export const LIMIT: u64 = 5;`.",
  },
  exportType: {
    code: "QW122",
    message: "AssemblyScript has no `export type { ... }`.",
    hint: "Leave out the word `type`.",
  },
  importEquals: {
    code: "QW122",
    message: "AssemblyScript has no `import name = ...`.",
    hint: 'Write `import { name } from "./file";`.',
  },
  importMixed: {
    code: "QW122",
    message: "AssemblyScript has no import of a default and of names in one.",
    hint: "Write two imports, one of each.",
  },
  importNameText: {
    code: "QW122",
    message: "AssemblyScript has no names in quotes in imports and exports.",
    hint: "Write the name without quotes; one that is no word has to be renamed.",
  },
  importAttributes: {
    code: "QW122",
    message: "AssemblyScript has no `with` in imports.",
    hint: "Leave it out: contracts import files of TypeScript alone.",
  },
  exportNamespace: {
    code: "QW122",
    message: "AssemblyScript has no `export * as name`.",
    hint: "Write `export * from`, or import the file where it is used: `import * as name from`.",
  },
  exportGlobal: {
    code: "QW122",
    message: "AssemblyScript has no `export as namespace`.",
    hint: "Leave it out: who needs the file imports it.",
  },
  importDefault: {
    code: "QW122",
    message: '"qwvm/sdk-as" has no default export.',
    hint: 'Write the names in braces: `import { contract, u256 } from "qwvm/sdk-as";`.',
  },
  noResultType: {
    code: "QW131",
    message: "$ does not say what it returns.",
    hint: "Write `: void` after the parentheses, or the type.",
  },
  noParameterType: {
    code: "QW272",
    message: "The parameter $ has no type.",
    hint: "Write it behind the name: `$: u64`.",
  },
  noFieldType: { code: "QW272", message: "The field $ has no type.", hint: "Write it behind the name: `$: u64`." },
  functionField: {
    code: "QW272",
    message: "The field $ holds a function and has no type.",
    hint: "Write a method: `$(x: u64): u64 { ... }`.",
  },
  reservedName: {
    code: "QW273",
    message: "`$` is a word that AssemblyScript keeps for itself: nothing can be called so here.",
    hint: "Rename it.",
  },
  genericMethod: {
    code: "QW274",
    message: "$ is called from outside and cannot have type parameters: what is sent has to have one type.",
    hint: "Write the type out, or a method for each.",
  },
  genericClass: {
    code: "QW274",
    message: "$ cannot have type parameters: it is encoded as it is written.",
    hint: "Write the type out, or a class for each.",
  },
  restParameter: {
    code: "QW128",
    message: "$ takes any number of arguments, but callers send one for each parameter.",
    hint: "Take an array: leave out the dots.",
  },
} satisfies Record<string, Wording>;
