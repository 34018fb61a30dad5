// What a contract's methods do, as its compiled module shows it: queries that change something, writes after a call of
// another contract, copies that are changed in vain. It sees every way, as asc has resolved it: accessors, operators,
// constructors, generics, functions as values, overriding methods.

import type { AscRangeNode } from "./asc-internals.js";
import { findWay, initFunctions } from "./check-set-up.js";
import type { Problem } from "./diagnostic.js";
import { EffectAnalysis } from "./effects/analysis.js";
import { fieldOf } from "./effects/gifts.js";
import { type ModuleFunction, ModuleReader } from "./effects/module-reader.js";
import { BY_BYTES, type EffectSubject, knownFunction } from "./effects/subject.js";
import type { Drop, Effect, FoundCall, Gift, Summary } from "./effects/summary.js";
import { type Origin, parameterOf } from "./effects/value.js";
import type { LinkedContract, LinkedMethod } from "./link-contract.js";
import type { SourceModel } from "./model.js";
import { indexLines } from "./positions.js";
import type { CompiledProgram } from "./run-asc.js";
import { isComparedByBytes } from "./slot-shape.js";
import { methodsByLine } from "./write-glue.js";

/** A problem, and where it is in the text that asc was given; none where there is no such place. */
export interface EffectProblem extends Omit<Problem, "span"> {
  readonly at: AscRangeNode | undefined;
  /** The method that it is about, for problems without a place. */
  readonly method?: LinkedMethod;
}

export interface FoundEffects {
  readonly problems: readonly EffectProblem[];
  /** Whether a query could change an object of the state in a way that was not seen. */
  readonly watchesQueries: boolean;
}

/** Looks at a contract's module. `glue` is the text of its entry file, `authored` the author's files as asc has them. */
export function checkEffects(
  compiled: CompiledProgram,
  contract: LinkedContract,
  sources: readonly SourceModel[],
  entry: string,
  glue: string,
): FoundEffects {
  const { asc, binaryen, module, program } = compiled;
  const reader = new ModuleReader(asc, binaryen, module, program);
  const analysis = new EffectAnalysis(reader, subjectOf(contract, sources), typeKinds(asc));
  const served = methodsServed(analysis, contract, entry, glue);
  const problems: EffectProblem[] = [];
  const inits = initFunctions(contract);
  let watchesQueries = false;
  for (const [method, calls] of served) {
    if (method.kind !== "init") problems.push(...setUpAgain(method, calls, inits, analysis));
    if (method.kind === "query") {
      const found = firstChange(method, calls, analysis);
      if (found !== undefined) problems.push(found);
      watchesQueries ||= calls.some(({ target }) => {
        const summary = summaryNamed(analysis, target);
        return summary?.isUnsure === true && summary.readsPlaces;
      });
    } else if (method.kind === "execute") problems.push(...lateWrites(method, calls, analysis));
  }
  problems.push(...fileCode(analysis), ...droppedChanges(analysis, served));
  return { problems, watchesQueries };
}

function subjectOf(contract: LinkedContract, sources: readonly SourceModel[]): EffectSubject {
  const bare = (file: string) => file.replace(/\.ts$/, "");
  const kindOf = (slot: LinkedContract["slots"][number]) => {
    if (slot.kind !== "value") return "collection";
    if (isComparedByBytes({ ...slot, lazy: false })) return slot.lazy ? "lazy" : "place";
    return "value";
  };
  return {
    authored: new Set(sources.map(({ file }) => file)),
    classNames: new Set(contract.lineage.map(({ file, name }) => `${bare(file)}/${name}`)),
    slots: new Map(contract.slots.map((slot) => [slot.name, kindOf(slot)])),
    remotes: new Map(
      sources.flatMap(({ file, interfaces }) =>
        interfaces.flatMap(({ name, methods }) =>
          methods.map((method) => [
            `${bare(file)}/${name}#${method.name}`,
            { label: `${name}.${method.name}`, isReading: method.kind === "query" },
          ]),
        ),
      ),
    ),
  };
}

function typeKinds(asc: object): Readonly<Record<string, number>> {
  return (asc as { TypeKind: Readonly<Record<string, number>> }).TypeKind;
}

/** The calls that the glue makes for each method: of its guards and of itself, in order. */
function methodsServed(
  analysis: EffectAnalysis,
  contract: LinkedContract,
  entry: string,
  glue: string,
): Map<LinkedMethod, FoundCall[]> {
  const byLine = methodsByLine(glue, contract);
  const lines = indexLines(glue);
  const served = new Map<LinkedMethod, FoundCall[]>();
  for (const name of ["init", "execute", "query"]) {
    for (const call of summaryNamed(analysis, `${entry}/${name}`)?.calls ?? []) {
      const method = call.at && byLine[lines.at(call.at.start).line - 1];
      if (method !== undefined) served.set(method, [...(served.get(method) ?? []), call]);
    }
  }
  return served;
}

function summaryNamed(analysis: EffectAnalysis, name: string): Summary | undefined {
  const target = analysis.reader.functions.get(name);
  return target && analysis.summaryOf(target);
}

/** The author's method behind what the glue calls: where a method is overridden, that calls the last version. */
function lastVersion(called: ModuleFunction, method: LinkedMethod, analysis: EffectAnalysis): ModuleFunction {
  let found = called;
  for (let step = 0; step < 4; step++) {
    const next = analysis
      .summaryOf(found)
      .calls.map(({ target }) => analysis.reader.functions.get(target))
      .find((target) => target?.name.includes(`#${method.name}$`) && target !== found);
    if (next === undefined || found.name.includes(`#${method.name}$`)) return found;
    found = next;
  }
  return found;
}

function firstChange(
  method: LinkedMethod,
  calls: readonly FoundCall[],
  analysis: EffectAnalysis,
): EffectProblem | undefined {
  for (const { target } of calls) {
    const called = analysis.reader.functions.get(target);
    if (called === undefined) continue;
    const found = changesOf(called, method, analysis);
    const isForbidden = ({ kind, isReading }: Effect) => kind !== "call" || !isReading;
    const effect = found.effects.find(isForbidden);
    if (effect === undefined) continue;
    const chain = [method.name, ...found.chain, ...effect.chain].filter((name, i, all) => name !== all[i - 1]);
    const isByBytes = effect.text === BY_BYTES;
    const may = isByBytes ? "can change" : "changes";
    const text = effect.kind === "call" ? `${effect.text}, which ${may} state` : effect.text;
    return {
      code: "QW108",
      message: `The query ${chain.join(" → ")} ${text}.`,
      at: effect.at,
      method,
      hint: isByBytes
        ? "Declare what it calls as a @query of a @remote class, or make it @execute."
        : "A query only reads. Make it @execute, or compute the answer without changing anything.",
    };
  }
  return undefined;
}

function changesOf(called: ModuleFunction, method: LinkedMethod, analysis: EffectAnalysis) {
  const known = knownFunction(called.name, called.imported, analysis.subject);
  if (known !== undefined) {
    const effects: Effect[] =
      known.is === "effect" ? [{ ...known, isReading: known.isReading ?? true, at: undefined, chain: [] }] : [];
    return { effects, chain: [] };
  }
  const version = lastVersion(called, method, analysis);
  const { effects } = analysis.summaryOf(version);
  const label = analysis.labelOf(version);
  // Of what the SDK does for a guard the guard's name says more.
  if (!analysis.isAuthored(version)) {
    const signer = /\/signed\//.test(version.name) ? "counts its signer's nonce, which @signed does" : undefined;
    return { effects: effects.map((effect) => ({ ...effect, text: signer ?? effect.text, at: undefined })), chain: [] };
  }
  // What a guard does is told of at the method that it guards.
  return {
    effects: label === method.name ? effects : effects.map((effect) => ({ ...effect, at: undefined })),
    chain: [label],
  };
}

/** A method that others can call leads to what sets the contract up. */
function setUpAgain(
  method: LinkedMethod,
  calls: readonly FoundCall[],
  inits: ReadonlySet<string>,
  analysis: EffectAnalysis,
): readonly EffectProblem[] {
  const way = findWay(calls, inits, analysis);
  if (way === undefined) return [];
  return [
    {
      code: "QW249",
      message: `${method.name} leads to the @init method ${way.name}, which would set the contract up anew for whoever calls.`,
      at: way.at,
      method,
      hint: `Move what both do to a protected method, and call that. What is to be set at deployment alone stays in ${way.name}.`,
    },
  ];
}

function lateWrites(
  method: LinkedMethod,
  calls: readonly FoundCall[],
  analysis: EffectAnalysis,
): readonly EffectProblem[] {
  if (method.guards.some(({ name }) => name === "nonReentrant") || method.owner.file.startsWith("~lib/")) return [];
  for (const { target } of calls) {
    const called = analysis.reader.functions.get(target);
    if (called === undefined || !analysis.isAuthored(called)) continue;
    const version = lastVersion(called, method, analysis);
    const [late] = analysis.summaryOf(version).lateWrites;
    if (late === undefined || analysis.labelOf(version) !== method.name) continue;
    return [
      {
        code: "QW145",
        severity: "warning",
        message: `${method.name} ${late.text} after it ${late.left}, which can call back before that.`,
        at: late.at,
        method,
        hint: `Write first and call last, or mark ${method.name} @nonReentrant.`,
      },
    ];
  }
  return [];
}

/** Code outside of functions that does something: asc has it run before every call. */
function fileCode(analysis: EffectAnalysis): EffectProblem[] {
  const starts = [...analysis.reader.functions.values()].filter(({ name }) => /^start:[^|]*$/.test(name));
  return starts.flatMap((start) => {
    const [effect] = analysis.isAuthored(start) ? analysis.summaryOf(start).effects : [];
    if (effect === undefined || effect.at === undefined) return [];
    const way = effect.chain.length === 0 ? `it ${effect.text}` : `${effect.chain.join(" → ")} ${effect.text}`;
    return [
      {
        code: "QW250",
        message: `This stands outside of functions and runs at the start of every call: ${way}.`,
        at: effect.at,
        hint: "Do it in a method: in @init what is done once, at deployment.",
      },
    ];
  });
}

/** One problem for each object that is changed in vain. */
function droppedChanges(
  analysis: EffectAnalysis,
  served: ReadonlyMap<LinkedMethod, readonly FoundCall[]>,
): EffectProblem[] {
  const problems: EffectProblem[] = [];
  const places = new Set<string>();
  for (const [target, summary] of analysis.authored()) {
    if (target.name.startsWith("~lib/")) continue;
    const objects = new Set<string>();
    for (const { origin, at, gift } of [...summary.dropped, ...droppedArguments(target, summary, analysis, served)]) {
      const place = `${at?.source.normalizedPath}:${at?.start}`;
      if (at === undefined || objects.has(origin) || places.has(place)) continue;
      objects.add(origin);
      places.add(place);
      problems.push({ code: "QW148", at, ...(gift ? describeGift(gift) : describeDropped(origin, analysis)) });
    }
  }
  return problems;
}

/** Changes of what a method is given, where only the glue calls it, which has no use for them. */
function droppedArguments(
  target: ModuleFunction,
  { drops }: Summary,
  analysis: EffectAnalysis,
  served: ReadonlyMap<LinkedMethod, readonly FoundCall[]>,
): readonly Drop[] {
  const isLost = ({ origin, gift, isReturned, isSure }: Drop) =>
    gift !== undefined && isSure && !isReturned && parameterOf(origin) !== 0;
  const given = drops.filter(isLost);
  if (given.length === 0) return [];
  const isTarget = ({ target: name }: FoundCall) => name === target.name;
  if (![...served.values()].some((calls) => calls.some(isTarget))) return [];
  for (const [, { calls }] of analysis.authored()) if (calls.some(isTarget)) return [];
  return given;
}

function describeGift(gift: Gift): { message: string; hint: string } {
  const field = fieldOf(gift);
  const by = field === undefined ? `${gift.method}()` : `this.${field}.${gift.method}()`;
  return {
    message: `This changes an object after it was stored in ${field === undefined ? "a collection" : `this.${field}`}, and the change is lost: the collection has a copy of it.`,
    hint: `Change it before ${by}, or store it again.`,
  };
}

function describeDropped(origin: Origin, analysis: EffectAnalysis): { message: string; hint: string } {
  if (origin.startsWith("lazy:")) {
    const field = origin.slice(5);
    return {
      message: `This changes what this.${field} holds, and the change is lost: a @lazy field is written when it is assigned.`,
      hint: `Assign it when it has been changed: this.${field} = …, or leave out @lazy.`,
    };
  }
  const { field, giver } = analysis.copies[Number(origin.slice(5))] ?? { field: undefined };
  if (giver !== undefined) {
    return {
      message: `This changes what ${giver} gave, and the change is lost: it is a copy of the contract's own.`,
      hint: "Store it, return it or read what was changed, or leave the change out.",
    };
  }
  const of = field === undefined ? "what a collection holds" : `what this.${field} holds`;
  return {
    message: `This changes a copy of ${of}, and the copy is lost.`,
    hint: `Read it into a variable, change that, and write it with ${field === undefined ? "set()" : `this.${field}.set()`}.`,
  };
}
