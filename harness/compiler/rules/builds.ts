// Rules about a build as a whole: what earlier versions have stored, and how large a contract may be.

import type { Rule } from "./rule.js";

export const BUILD_RULES: readonly Rule[] = [
  {
    code: "QW150",
    title: "Stored data keep their type",
    severity: "error",
    why: "The layout file beside the contract says how earlier versions have stored each field. A field that has another type now would read old bytes as something else. Give what is new another name and move the data in an @execute method; if no version is deployed yet, delete the layout file.",
  },
  {
    code: "QW151",
    title: "A field that is renamed begins anew",
    severity: "warning",
    why: "A field is stored under its name. One that is called something else reads nothing of what was stored before, which stays under the old name. The build says so once, when a field is gone and another of the same type is new.",
  },
  {
    code: "QW152",
    title: "The layout file can be read",
    severity: "error",
    why: "Without the layout file the build cannot see what earlier versions have stored. It is written by the build and not by hand; most often a merge has left its marks in it, or the contract was moved without it, perhaps under another name. Take it from version control again, or move it along. If the contract that it is of is gone for good, delete it.",
  },
  {
    code: "QW260",
    title: "A stored name that changes keeps its meaning",
    severity: "warning",
    why: "Of a struct its fields' bytes are stored in order, and of an enum's value the position, but no names. A field or member with a new name is therefore taken for the same one, which the build says once. If it means something else, add it as something new instead.",
  },
  {
    code: "QW261",
    title: "Every output has one source",
    severity: "error",
    why: "Each contract file is built to files of its own name in the output folder, and the @remote classes beside a contract to NAME.interfaces.js. Where two sources came to one file, one of them would be gone, and the build would never be up to date. Call one of the sources otherwise.",
  },
  {
    code: "QW262",
    title: "Names of files are names everywhere",
    severity: "error",
    why: "A contract's file name is the name of its outputs, and of what its source map and its client point to. Control characters and \\ : * ? \" < > | cannot be in it on some machine, and tools take them for something else. Spaces, #, % and letters of all languages can.",
  },
  {
    code: "QW263",
    title: "A field that comes back means what it meant",
    severity: "warning",
    why: "A layout file of version 1 had one entry for each struct and enum, that of the latest version of the contract. Of a field that was removed before a struct was changed, it has forgotten what was stored. Files of version 2 remember it, so this concerns fields that were removed with qwvm 0.1.0 alone.",
  },
  {
    code: "QW195",
    title: "A contract keeps to its budget",
    severity: "error",
    why: 'The project sets how many bytes of code a contract may have, as "sizeBudgets" in package.json. Each byte is paid for at deployment. What the bytes are spent on is shown by qwvm build --size.',
  },
  {
    code: "QW196",
    title: "A budget is for a contract of the project",
    severity: "error",
    why: 'The name in "sizeBudgets" of package.json is that of the contract\'s class. One that is misspelt, or whose contract is gone, would guard nothing.',
  },
];
