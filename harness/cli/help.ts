// The help texts, for 80 columns. A test holds them together with the flags that are understood.

const GENERAL = `qwvm - smart contracts for QuantumWing's virtual machine

Usage: qwvm COMMAND [OPTIONS]

Commands:
  build       compile the contracts in contracts/ to build/
  test        compile what changed, run the tests with Vitest, report the gas
  run         call a contract, or a function of any module, with its gas
  explain     what a diagnostic's code means, and what is right
  inspect     what is in a Wasm file, and whether it can be deployed
  optimize    make a Wasm file smaller
  abi         show a contract's interface, or what changes between two
  docs        write Markdown for each contract, from its doc comments
  headers     write Rust or C with which other contracts call one
  verify      rebuild a module from its sources and compare the bytes
  help [CMD]  this help, or the help of a command

Options:
  -h, --help  this help
  --version   the version

In a new folder:  npm create qwvm-contract@latest my-contract
`;

const BUILD = `qwvm build - compile the contracts in contracts/ to build/

Usage: qwvm build [OPTIONS]

Options:
  --root DIR  the project's folder (default: the current one)
  --force     compile everything, also what has not changed
  --watch     compile again when a contract changes
  --size      show what the bytes of each contract are spent on
  --fix       mend what can be mended without a question, and compile
  --json      print the result as JSON, diagnostics included
  -h, --help  this help

Per contract: NAME.wasm, NAME.abi.json, NAME.js and NAME.d.ts (the typed
client), NAME.wasm.map, and NAME.glue.ts (the code that was added, to look at).

Other folders, and the most bytes of code that a contract may have, are set in
package.json:
  "qwvm": { "contractsDir": "contracts", "outDir": "build",
            "sizeBudgets": { "Counter": 1000, "Token": "4 KB" } }

Exit codes: 0 done, 1 a contract does not compile or is larger than its budget,
            2 wrong usage
`;

const TEST = `qwvm test - compile what changed, run the tests, report the gas

Usage: qwvm test [OPTIONS] [VITEST'S OPTIONS] [FILES]

Options:
  --root DIR              the project's folder (default: the current one)
  --gas                   add new entries to .gas-snapshot and fail when others
                          have changed (the default, unless CI is set)
  --gas-check             write nothing, and fail on new entries as well
                          (the default when CI is set)
  --gas-update            write new and changed figures; remove those that a
                          full run does not measure any more
  --no-gas                leave .gas-snapshot alone
  --gas-tolerance N       accept changes up to N gas or N% (may be given twice:
                          the larger one counts; default: exact)
  --gas-strict            fail on improvements as well
  --gas-report[=FORMAT]   print the gas report (the default), or write it as
                          json, markdown, csv or html; FORMAT:FILE names the
                          file (default: gas-report.*); may be given repeatedly
  --no-gas-report         print no gas report
  -h, --help              this help

Everything else goes to Vitest:
  -t PATTERN              only tests whose name matches
  --watch                 run again when a test or a contract changes
  --shard 1/2             one part of the tests
  --reporter NAME         default, verbose, dot, json, junit, blob, ...
  --merge-reports         merge what shards wrote with --reporter=blob
  (all of them: npx vitest --help)

Calls are named in .gas-snapshot by contract, method and the test's title, or by
gasLabel("...") from "qwvm/vitest". A run of some tests leaves the rest alone.

Exit codes: 0 passed, 1 a test failed or a contract does not compile,
            2 wrong usage, 3 nothing but the gas has changed
`;

const RUN = `qwvm run - call a contract, or a function of any module, with its gas

Usage: qwvm run CONTRACT.wasm [--init ARGS] [CALLS] [OPTIONS]
       qwvm run MODULE.wasm --invoke NAME ARGS... [OPTIONS]

Calls of a contract, carried out in order on a fresh machine:
  --init ARGS             the constructor's arguments; deployment comes first
  --execute NAME [ARGS]   a method that changes state
  --query NAME [ARGS]     a method that reads it
ARGS are a JSON object, or bytes:  '{"amount": 5, "to": "alice"}'  0x0500
Numbers beyond 2^53 are given as strings, bytes and hashes as "0x...",
addresses as "0x..." or by a label.

Functions of a plain module, on one instance:
  --invoke NAME ARGS...   numbers: 5, -7, 0xff, 1.5, inf, nan

Options:
  --abi FILE              the interface, for a contract that has none of its own
  --value N               what is sent with the call before it (the sender is
                          given it first)
  --from NAME             who calls: 0x... or a label (default: deployer)
  --gas-limit N           the limit of each call (default: 10,000,000)
                          Both hold for all calls; given more than once, each
                          for the call before it, the first for the rest if it
                          stands before all calls
  --memory KIND           kept from call to call, or fresh for each
                          (default: kept for raw contracts, fresh for others)
  --chain-id N            the chain's id, which signatures are made for
                          (default: 31337)
  --json                  print the calls as JSON; integers of 64 bits and more
                          are strings
  -h, --help              this help

Exit codes: 0 done, 1 a call failed, 2 wrong usage
`;

const EXPLAIN = `qwvm explain - what a diagnostic's code means, and what is right

Usage: qwvm explain CODE
       qwvm explain

CODE is one that a diagnostic shows, such as QW108 or AS2322. Without it all
rules are listed.

Options:
  -h, --help  this help

Exit codes: 0 done, 2 there is no such code
`;

const INSPECT = `qwvm inspect - what is in a Wasm file, and whether it can be deployed

Usage: qwvm inspect FILE.wasm [OPTIONS]

Options:
  --json      print it as JSON, every function included
  -h, --help  this help

Shown are the interface, imports (documented, extension, unknown), exports with
types, features, sizes by section and function, and the gas of deployment.

Exit codes: 0 it can be deployed, 1 it cannot (what is wrong is shown),
            2 wrong usage
`;

const OPTIMIZE = `qwvm optimize - make a Wasm file smaller

Usage: qwvm optimize IN.wasm -o OUT.wasm
       qwvm optimize FILE.wasm --in-place

Options:
  -o, --output FILE  where to write: a new file, or a Wasm file to replace
  --in-place         replace the file
  --json             print sizes before and after as JSON
  -h, --help         this help

Runs binaryen's -Oz with the features that QWVM runs, and takes out debug
sections. A contract's interface stays.

Exit codes: 0 done, 1 the file is no module that QWVM runs, 2 wrong usage
`;

const ABI = `qwvm abi - show a contract's interface, or what changes between two

Usage: qwvm abi [NAME|FILE] [OPTIONS]
       qwvm abi diff OLD NEW [OPTIONS]

NAME is a contract of the project, which is built if it has changed; FILE is a
NAME.abi.json or a module with an interface. Without either: all contracts.

Options:
  --root DIR  the project's folder (default: the current one)
  --json      print it as JSON
  -h, --help  this help

A diff judges every change as callers of a deployed contract see it:
  ✗ breaking    a call, a result, an event or an error means something else
  ! to look at  a new guard, another name, a variant that may be returned
  ✓ compatible  what is new, docs, texts, and what is only stored

Exit codes: 0 done, nothing breaking; 1 a breaking change (diff), a contract
            does not compile (else); 2 wrong usage, nothing to compare
`;

const DOCS = `qwvm docs - write Markdown for each contract, from its doc comments

Usage: qwvm docs [NAME|FILE] [OPTIONS]

Writes build/docs/NAME.md: overview, constructor, methods, queries, events,
errors, structs, enums, state with its storage keys, and the gas of methods
when the project has a .gas-snapshot. Doc comments are Markdown; @param and
@returns are known. HTML in them is shown, not obeyed.

Options:
  --root DIR     the project's folder (default: the current one)
  -o, --out DIR  where to write (default: docs/ in the output folder)
  --json         print the names of the pages as JSON
  -h, --help     this help

Exit codes: 0 done, 1 a contract does not compile, 2 wrong usage
`;

const HEADERS = `qwvm headers - write Rust or C with which other contracts call one

Usage: qwvm headers NAME|FILE --lang rust|c [OPTIONS]

Options:
  --lang rust     a module for Rust 1.82 or later, no_std with an allocator
  --lang c        a header for C99 with clang, without any library
  -o, --out FILE  where to write (default: the standard output)
  --root DIR      the project's folder (default: the current one)
  -h, --help      this help

Types in Rust: numbers up to u128 as they are, u256 and i256 as [u8; 32] with
the lowest byte first, address [u8; 20], hash [u8; 32]. A function for each
method gives Result<T, CallError>.

Types in C: numbers up to 64 bits as they are, wider ones as structs of bytes
with the lowest first, strings and bytes as pointer and length, an option as a
pointer that may be NULL. A function for each method gives a qw_outcome; memory
comes from the arena that it is given.

Exit codes: 0 done, 1 a contract does not compile, 2 wrong usage
`;

const VERIFY = `qwvm verify - rebuild a module from its sources and compare the bytes

Usage: qwvm verify MODULE.wasm [--source DIR] [OPTIONS]

Options:
  --source DIR  the project of the sources (default: the current folder)
  --json        print the result as JSON
  -h, --help    this help

A module that qwvm build writes says in its section qwvm.build what it was built
from and by; the settings recorded there are used again. Nothing is written.
What differs is named: versions, files, SDK, interface, sections.

Exit codes: 0 the same, 1 it differs or the sources do not compile,
            2 wrong usage, or the module does not say how it was built
`;

const TEXTS: Readonly<Record<string, string>> = {
  build: BUILD,
  test: TEST,
  run: RUN,
  explain: EXPLAIN,
  inspect: INSPECT,
  optimize: OPTIMIZE,
  abi: ABI,
  docs: DOCS,
  headers: HEADERS,
  verify: VERIFY,
};

/** The commands that have help. */
export const COMMANDS: readonly string[] = Object.keys(TEXTS);

/** The help of a command, or of everything. */
export function helpText(command?: string): string {
  return (command === undefined ? undefined : TEXTS[command]) ?? GENERAL;
}
