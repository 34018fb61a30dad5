// Model → ABI: the contract's interface as JSON, for the custom section `qwvm.abi` and NAME.abi.json.

import { sha3_256 } from "@noble/hashes/sha3.js";
import type { Abi, AbiField, AbiMethod, AbiSlot, AbiType } from "../core/abi.js";
import type { ContractModel, FieldModel, MethodModel, RecordModel, SlotModel } from "./model.js";

/** The contract's interface. The model has been checked: every type has an encoding. */
export function writeAbi(
  contract: ContractModel,
  records: readonly RecordModel[],
  sdk: { readonly name: string; readonly version: string },
): Abi {
  const init = contract.methods.find((method) => method.kind === "init");
  const methods = contract.methods.filter((method) => method.kind === "execute" || method.kind === "query");
  const ofKind = (kind: string) => records.filter((record) => record.kind === kind);
  return {
    abiVersion: 1,
    name: contract.name,
    ...docs(contract),
    sdk,
    ...(init === undefined ? {} : { init: toMethod(init) }),
    methods: methods.map(toMethod),
    events: ofKind("event").map(toRecord),
    errors: ofKind("error").map((record) => ({
      name: record.name,
      code: errorCode(record.name),
      fields: record.fields.map(toField),
      ...docs(record),
    })),
    structs: ofKind("struct").map(toRecord),
    enums: [],
    state: contract.slots.map(toSlot),
  };
}

/** A typed error's code: the first four bytes of SHA3-256 of its name, read little-endian. */
export function errorCode(name: string): number {
  const digest = sha3_256(new TextEncoder().encode(name));
  return new DataView(digest.buffer, digest.byteOffset).getUint32(0, true);
}

function toMethod(method: MethodModel): AbiMethod {
  return {
    name: method.name,
    kind: method.kind as AbiMethod["kind"],
    params: method.params.map(toField),
    ...(method.result === undefined ? {} : { result: method.result.abi as AbiType }),
    payable: method.payable,
    ...docs(method),
  };
}

function toRecord(record: RecordModel): { name: string; fields: readonly AbiField[]; docs?: string } {
  return { name: record.name, fields: record.fields.map(toField), ...docs(record) };
}

function toField(field: FieldModel): AbiField {
  return { name: field.name, type: field.type.abi as AbiType, ...docs(field) };
}

function toSlot(slot: SlotModel): AbiSlot {
  const type = slot.type.abi as AbiType;
  return slot.mapKey === undefined
    ? { name: slot.name, type }
    : { name: slot.name, kind: "map", type, keys: [slot.mapKey.abi as AbiType] };
}

function docs(item: { readonly docs: string | undefined }): { docs?: string } {
  return item.docs === undefined ? {} : { docs: item.docs };
}
