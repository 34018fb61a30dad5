// Prints signatures of this project's own accounts, for `go run . check`: `npm run build` first.

import { createQwvm } from "../../../dist/index.js";

const base64 = (bytes) => Buffer.from(bytes).toString("base64");
const entries = [];
for (const scheme of ["ml-dsa-44", "ml-dsa-65", "ml-dsa-87", "dilithium3"]) {
  const vm = createQwvm({ signatureScheme: scheme });
  for (const label of ["alice", "bob", "carol", "deployer", "Zoë"]) {
    const account = vm.account(label);
    for (const message of ["", "hello", `${label} pays 5`, "long ".repeat(100)]) {
      entries.push({
        scheme,
        label,
        publicKey: base64(account.publicKey),
        message: base64(Buffer.from(message)),
        signature: base64(account.sign(message)),
      });
    }
  }
}
process.stdout.write(`${JSON.stringify(entries)}\n`);
