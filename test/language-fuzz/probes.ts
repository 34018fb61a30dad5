// Methods beside the random ones of a program, each about one thing that random expressions seldom come to, with the fields,
// types and declarations that they need.

import type { Random } from "../hostile/random.js";
import { injections } from "./injections.js";
import { GHOST_FIELDS, GHOST_STRUCTS, ghostProbes } from "./probe-ghosts.js";
import { LIBRARY_FIELDS, libraryProbes, RANKED } from "./probe-library.js";
import { LITERAL_FIELDS, literalExtras, literalProbes, wrongLiterals } from "./probe-literals.js";
import { ECHO, HEARD, NOTE, TEXT_FIELDS, textProbes, UNHEARD } from "./probe-texts.js";
import { WRAPPING_FIELDS, wrappingProbes } from "./probe-wrapping.js";
import type { ContractClass, Method, Program } from "./program.js";

/** The program with such methods in its contract. */
export function withProbes(program: Program, random: Random): Program {
  const { extras, given } = literalExtras(random);
  const ofLibrary = libraryProbes(random);
  const methods: Method[] = [
    ECHO,
    ...textProbes(random, program.hasPeer),
    ...ghostProbes(random),
    ...literalProbes(random, given),
    ...wrappingProbes(random),
    ...ofLibrary.methods,
  ];
  // What is refused takes another build.
  const wrong = random.chance(50) ? [...wrongLiterals(random, 3), ...injections(random, program, 8)] : [];
  const fields = [...TEXT_FIELDS, ...GHOST_FIELDS, ...LITERAL_FIELDS, ...WRAPPING_FIELDS, ...LIBRARY_FIELDS];
  const own = program.classes.at(-1) as ContractClass;
  const more: ContractClass = {
    ...own,
    fields: [...own.fields, ...fields],
    methods: [...own.methods, ...methods, ...wrong],
  };
  return {
    ...program,
    structs: [...program.structs, NOTE, ...GHOST_STRUCTS, RANKED],
    events: [...program.events, HEARD],
    errors: [...program.errors, UNHEARD],
    extras: [...extras, ...ofLibrary.extras],
    classes: [...program.classes.slice(0, -1), more],
  };
}
