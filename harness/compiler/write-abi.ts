// Model → ABI: the contract's interface as JSON, for the custom section `qwvm.abi` and NAME.abi.json.

import type { Abi, AbiField, AbiMessage, AbiMethod, AbiSlot, AbiType } from "../core/abi.js";
import { codeOf } from "./error-code.js";
import { signedBy } from "./guard-scope.js";
import { guardsOf, type LinkedContract, type LinkedMethod, type LinkedSlot } from "./link-contract.js";
import type { ContractModel, EnumModel, FieldModel, InterfaceModel, RecordModel, SourceModel } from "./model.js";
import { reachedByInterface, reachedTypes } from "./reached-types.js";

/** The contract's interface. The model has been checked: every type has an encoding. */
export function writeAbi(
  contract: LinkedContract,
  sources: readonly SourceModel[],
  sdk: { readonly name: string; readonly version: string },
): Abi {
  const { own, lineage, init } = contract;
  const methods = contract.methods.filter((method) => method.kind === "execute" || method.kind === "query");
  const ofKind = (kind: string) => sources.flatMap(({ records }) => records.filter((record) => record.kind === kind));
  const messages = messagesOf(sources);
  const types = reachedTypes(contract, sources);
  const from = (file: string) => {
    const base = file === own.file ? undefined : lineage.find((candidate) => candidate.file === file);
    return base === undefined ? {} : { from: base.name };
  };
  return {
    abiVersion: 1,
    name: own.name,
    ...docs(own),
    ...(lineage.length === 1 ? {} : { bases: lineage.slice(1).map(({ name }) => name) }),
    sdk,
    ...(init === undefined ? {} : { init: toMethod(init, contract) }),
    methods: methods.map((method) => toMethod(method, contract)),
    events: ofKind("event").map((record) => ({ ...toRecord(record), ...from(record.file) })),
    errors: ofKind("error").map((record) => ({
      name: record.name,
      code: codeOf(record.name),
      fields: record.fields.map(toField),
      ...(record.message?.text === undefined ? {} : { message: record.message.text }),
      ...from(record.file),
      ...docs(record),
    })),
    ...(messages.length === 0 ? {} : { messages }),
    structs: types.structs.map(toRecord),
    enums: types.enums.map(toEnum),
    state: contract.slots.map((slot) => toSlot(slot, own)),
  };
}

/** The interface as it stands in the module: without the texts, which are kept off chain. */
export function onChainAbi(abi: Abi): Abi {
  const { messages: _, ...rest } = abi;
  return { ...rest, errors: rest.errors.map(({ message: _, ...error }) => error) };
}

/** The interface of an `@interface` class: methods alone, and the types that they name. */
export function writeInterfaceAbi(item: InterfaceModel, sources: readonly SourceModel[]): Abi {
  const methods = item.methods.map((method) => ({
    name: method.name,
    kind: method.kind as AbiMethod["kind"],
    params: method.params.map(toField),
    ...(method.result === undefined ? {} : { result: method.result.abi as AbiType }),
    payable: method.payable,
    ...docs(method),
  }));
  const { structs, enums } = reachedByInterface(item, sources);
  return {
    abiVersion: 1,
    name: item.name,
    ...docs(item),
    methods,
    events: [],
    errors: [],
    structs: structs.map(toRecord),
    enums: enums.map(toEnum),
    state: [],
  };
}

/** The texts that `require`, `revert` and `throw` name by their codes, each once. */
function messagesOf(sources: readonly SourceModel[]): AbiMessage[] {
  const found = sources.flatMap(({ rewrites }) => rewrites.flatMap(({ message }) => message ?? []));
  return [...new Map(found.map((message) => [message.code, { code: message.code, text: message.text }])).values()];
}

function toMethod(method: LinkedMethod, contract: LinkedContract): AbiMethod {
  const signed = signedBy(method, contract);
  const guards = guardsOf(method);
  return {
    name: method.name,
    kind: method.kind as AbiMethod["kind"],
    params: method.params.map(toField),
    ...(method.result === undefined ? {} : { result: method.result.abi as AbiType }),
    payable: method.payable,
    ...(guards.length === 0 ? {} : { guards }),
    ...(signed === undefined ? {} : { signed }),
    ...(method.owner === contract.own ? {} : { from: method.owner.name }),
    ...docs(method),
  };
}

function toRecord(record: RecordModel): { name: string; fields: readonly AbiField[]; docs?: string } {
  return { name: record.name, fields: record.fields.map(toField), ...docs(record) };
}

function toEnum({ name, members, ...item }: EnumModel): Abi["enums"][number] {
  return { name, variants: members.map((member) => member.name), ...docs(item) };
}

function toField(field: FieldModel): AbiField {
  return {
    name: field.name,
    type: field.type.abi as AbiType,
    ...(field.indexed ? { indexed: true } : {}),
    ...docs(field),
  };
}

function toSlot({ name, kind, type, keys, owner, ...slot }: LinkedSlot, own: ContractModel): AbiSlot {
  return {
    name,
    ...(kind === "value" ? {} : { kind }),
    type: type.abi as AbiType,
    ...(keys.length === 0 ? {} : { keys: keys.map((key) => key.abi as AbiType) }),
    ...(owner === own ? {} : { from: owner.name }),
    ...docs(slot),
  };
}

function docs(item: { readonly docs: string | undefined }): { docs?: string } {
  return item.docs === undefined ? {} : { docs: item.docs };
}
