// `qwvm run`, `inspect` and `optimize` as processes, on modules of other compilers and of text.

import { copyFileSync, existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { helpText } from "../../harness/cli/help.js";
import { INSPECT_FLAGS } from "../../harness/cli/inspect.js";
import { OPTIMIZE_FLAGS } from "../../harness/cli/optimize.js";
import { RUN_FLAGS } from "../../harness/cli/run-arguments.js";
import { assemble } from "../fixtures/wat.js";
import { ROOT } from "../house/source-files.js";
import { makeProject, type Project, type Run } from "./project.js";

const ABI = {
  name: "Counter",
  methods: [
    { name: "increment", kind: "execute", params: [{ name: "amount", type: "u64" }] },
    { name: "get_count", kind: "query", result: "u64" },
  ],
};
/** Emits, logs, pays nothing back; its query answers the caller's first byte. */
const CHATTY = `(module (import "env" "qw_emit_event" (func $emit (param i32 i32 i32 i32)))
  (import "env" "qw_log" (func $log (param i32 i32)))
  (memory (export "memory") 1) (data (i32.const 0) "Moved!")
  (func (export "init"))
  (func (export "execute") (param i32 i32 i32 i32)
    (call $emit (i32.const 0) (i32.const 5) (local.get 2) (local.get 3))
    (call $log (i32.const 0) (i32.const 6)))
  (func (export "query") (param i32 i32) (result i64) (i64.const -1)))`;
const MATHS = `(module
  (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add)
  (func (export "scale") (param f64 i64) (result f64 i64) local.get 0 f64.const 0.5 f64.mul local.get 1)
  (func (export "div") (param i32 i32) (result i32) local.get 0 local.get 1 i32.div_s)
  (func (export "small") (param f32)))`;
const HOSTED = '(module (import "env" "log" (func (param i32))) (func (export "f")))';

let project: Project;
const qwvm = (...args: string[]): Run => project.qwvm(args);

beforeAll(() => {
  project = makeProject("counter");
  for (const name of ["counter", "all-nine"]) {
    copyFileSync(join(ROOT, `test/fixtures/raw/${name}.wasm`), project.path(`${name}.wasm`));
  }
  project.write("counter.abi.json", JSON.stringify(ABI));
  writeFileSync(project.path("maths.wasm"), assemble(MATHS));
  writeFileSync(project.path("chatty.wasm"), assemble(CHATTY));
  writeFileSync(project.path("hosted.wasm"), assemble(HOSTED));
  writeFileSync(project.path("simd.wasm"), assemble("(module (func v128.const i32x4 0 0 0 0 drop))"));
  writeFileSync(project.path("text.wasm"), "(module)");
  writeFileSync(project.path("bytes.bin"), new Uint8Array([0x7b, 0xff, 0x7d]));
  // Five MiB of debug information behind the Rust counter.
  const debug = new Uint8Array(5 + 5 * 1_048_576);
  debug.set([0, 0x80, 0x80, 0xc0, 0x02, 11, ...Buffer.from(".debug_info")]);
  writeFileSync(project.path("debug.wasm"), Buffer.concat([readFileSync(project.path("counter.wasm")), debug]));
  expect(qwvm("build").code).toBe(0);
});
afterAll(() => project.remove());

test("help names every flag, in 80 columns", () => {
  for (const [command, flags] of Object.entries({ run: RUN_FLAGS, inspect: INSPECT_FLAGS, optimize: OPTIMIZE_FLAGS })) {
    const text = helpText(command);
    for (const flag of Object.keys(flags)) expect(text).toContain(`--${flag}`);
    expect(text.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(qwvm(command, "--help")).toMatchObject({ code: 0, out: text });
    expect(helpText()).toContain(`\n  ${command} `);
  }
});

describe("qwvm run on plain modules", () => {
  test("prints result and gas", () => {
    // local.get, local.get, i32.add, end.
    expect(qwvm("run", "maths.wasm", "--invoke", "add", "2", "3")).toEqual({
      code: 0,
      out: "✓ add(2, 3) = 5\n    gas 4 of 10,000,000\n",
      err: "",
    });
  });

  test("several calls, each with its limit; negative, hex and special numbers", () => {
    const run = qwvm(
      "run",
      "maths.wasm",
      "--invoke",
      "add",
      "-2",
      "0xff",
      "--gas-limit",
      "4",
      "--invoke",
      "scale",
      "-inf",
      "-7",
      "--gas-limit",
      "100",
    );
    expect(run).toMatchObject({ code: 0, err: "" });
    expect(run.out).toBe(
      "✓ add(-2, 255) = 253\n    gas 4 of 4\n✓ scale(-Infinity, -7) = (-Infinity, -7)\n    gas 5 of 100\n",
    );
  });

  test("as JSON: an i64 is a text, whatever its size", () => {
    const run = qwvm(
      ...["run", "maths.wasm", "--invoke", "scale", "3", "9223372036854775807", "--invoke", "scale", "inf", "-7"],
      "--json",
    );
    const facts = { function: "scale", trap: null, gasUsed: 5, gasLimit: 10_000_000 };
    expect(JSON.parse(run.out)).toEqual({
      calls: [
        { ...facts, args: [3, "9223372036854775807"], results: [1.5, "9223372036854775807"] },
        { ...facts, args: ["Infinity", "-7"], results: ["Infinity", "-7"] },
      ],
    });
  });

  test("a trap and running out of gas: 1", () => {
    expect(qwvm("run", "maths.wasm", "--invoke", "div", "1", "0")).toMatchObject({
      code: 1,
      out: expect.stringContaining("✗ div(1, 0) trapped: integer divide by zero\n"),
    });
    expect(qwvm("run", "maths.wasm", "--invoke", "add", "1", "2", "--gas-limit", "3")).toMatchObject({
      code: 1,
      out: "✗ add(1, 2) trapped: out of gas\n    gas 3 of 3\n",
    });
  });
});

describe("qwvm run on contracts", () => {
  test("of AssemblyScript: arguments by their interface, calls in order", () => {
    const run = qwvm(
      ...["run", "build/counter.wasm", "--init", '{"initialValue": "9007199254740993"}'],
      ...["--execute", "increment", '{"amount": 5}', "--query", "getCount"],
    );
    expect(run).toMatchObject({ code: 0, err: "" });
    expect(run.out).toMatch(/^✓ init create \{"initialValue":"9007199254740993"\}\n {4}gas [\d,]+/);
    expect(run.out).toContain('✓ query getCount\n    = "9007199254740998"\n');
    expect(run.out.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  test("of Rust: with bytes, and with an interface by hand", () => {
    const raw = qwvm("run", "counter.wasm", "--execute", "increment", "0x0500000000000000", "--query", "get_count");
    expect(raw).toMatchObject({ code: 0, err: "" });
    expect(raw.out).toContain("✓ execute increment 0x0500000000000000\n");
    expect(raw.out).toContain("✓ query get_count\n    = 5\n");
    const typed = qwvm("run", "counter.wasm", "--abi", "counter.abi.json", "--execute", "increment", '{"amount": 5}');
    expect(typed.out).toContain('✓ execute increment {"amount":5}\n    gas ');
    // The key's 5,000 and 20 for each of 8 bytes.
    expect(typed.out).toContain("storage-write 5,160\n");
    expect(
      qwvm(
        "run",
        "counter.wasm",
        "--memory",
        "fresh",
        "--execute",
        "increment",
        "0x0500000000000000",
        "--query",
        "get_count",
      ).out,
    ).toContain("    = 0\n");
  });

  test("failures with reason and gas: 1, and what follows is still called", () => {
    const run = qwvm(
      ...["run", "build/counter.wasm", "--gas-limit", "1,000,000", "--init", '{"initialValue": 1}'],
      ...["--execute", "increment", '{"amount": 5}', "--gas-limit", "100"],
      ...["--execute", "increment", '{"amount": 5}', "--value", "3", "--query", "getCount"],
    );
    expect(run.code).toBe(1);
    expect(run.out).toContain('✗ execute increment {"amount":5}\n    ran out of gas: 100 were not enough\n');
    expect(run.out).toContain("    gas 100 of 100: ");
    expect(run.out).toContain("    reverted with NotPayable: value was sent to a method that is not @payable\n");
    expect(run.out).toContain("✓ query getCount\n    = 1\n");
  });

  test("one sender and one limit hold for all calls, wherever they stand", () => {
    const run = (...more: string[]) =>
      qwvm("run", "chatty.wasm", "--execute", "a", "--query", "b", ...more, "--json").out;
    const froms = (text: string) => JSON.parse(text).calls.map(({ from }: { from: string }) => from);
    const limits = (text: string) => JSON.parse(text).calls.map(({ gasLimit }: { gasLimit: number }) => gasLimit);
    expect(froms(run())).toEqual(["deployer", "deployer", "deployer"]);
    expect(froms(run("--from", "bob"))).toEqual(["bob", "bob", "bob"]);
    expect(limits(run("--gas-limit", "500000"))).toEqual([500_000, 500_000, 500_000]);
    const several = qwvm(
      "run",
      "chatty.wasm",
      "--from",
      "ann",
      "--execute",
      "a",
      "--from",
      "bob",
      "--query",
      "b",
      "--json",
    );
    expect(froms(several.out)).toEqual(["ann", "bob", "ann"]);
    expect(qwvm("run", "chatty.wasm", "--execute", "a", "0x00", "--value", "7", "--from", "bob").out).toContain(
      "✓ execute a 0x00, from bob, value 7\n",
    );
  });

  test("as JSON, integers of 64 bits are texts, whatever their size", () => {
    const run = qwvm("run", "build/counter.wasm", "--init", '{"initialValue": 5}', "--query", "getCount", "--json");
    const { calls } = JSON.parse(run.out);
    expect([calls[0].args, calls[1].result]).toEqual([{ initialValue: "5" }, "5"]);
    const raw = JSON.parse(qwvm("run", "counter.wasm", "--query", "get_count", "--json").out);
    expect(raw.calls[1].result).toBe("0");
  });

  test("without gas there is nothing to list", () => {
    const run = qwvm("run", "chatty.wasm", "--execute", "a", "--gas-limit", "0");
    expect(run.out).toMatch(/\n {4}gas 0 of 0\n$/);
  });

  test("events and logs; as JSON everything", () => {
    const args = [
      "run",
      "chatty.wasm",
      "--from",
      "bob",
      "--execute",
      "move",
      "0x0102",
      "--value",
      "7",
      "--query",
      "all",
    ];
    expect(qwvm(...args).out).toContain('    event  Moved "0x0102"\n    log    Moved!\n');
    const { calls } = JSON.parse(qwvm(...args, "--json").out);
    expect(calls.map(({ kind }: { kind: string }) => kind)).toEqual(["init", "execute", "query"]);
    expect(calls[1]).toMatchObject({
      method: "move",
      args: "0x0102",
      from: "bob",
      value: "7",
      status: "success",
      result: null,
      events: [{ contract: "", name: "Moved", args: "0x0102" }],
      logs: ["Moved!"],
      failure: null,
    });
    // LOG0's 375, and 8 for each of 5 bytes of topic and 2 of data.
    expect(calls[1].gas.events).toBe(431);
    // The i64 of a raw module's query is a u64.
    expect(calls[2].result).toBe("18446744073709551615");
  });
});

describe("a mistake", () => {
  const counter = ["run", "build/counter.wasm"];
  test.each<[string[], RegExp, number?]>([
    [["run"], /needs a file/],
    [["run", "gone.wasm"], /There is no file .*gone\.wasm/],
    [["run", "maths.wasm"], /Write --invoke NAME ARGS\. Its functions are add, scale, div, small\./],
    [["run", "maths.wasm", "--invok", "add"], /Did you mean --invoke\?/],
    [["run", "maths.wasm", "--invoke"], /--invoke needs a name/],
    [["run", "maths.wasm", "--invoke", "ad"], /Did you mean add\?/],
    [["run", "maths.wasm", "--invoke", "add", "1"], /takes 2 arguments, but 1 was given/],
    [["run", "maths.wasm", "--invoke", "add", "1", "2.5"], /Argument 2 of add is "2\.5", which is no i32/],
    [["run", "maths.wasm", "--invoke", "add", "1", "2", "--gas-limit", "much"], /The gas limit is "much"/],
    [["run", "maths.wasm", "--invoke", "add", "1", "2", "--gas-limit", "9007199254740992"], /up to 9007199254740991:/],
    [
      ["run", "maths.wasm", "--invoke", "scale", "1e400", "1"],
      /Argument 1 of scale is "1e400", which is no f64[\s\S]*inf/,
    ],
    [["run", "maths.wasm", "--invoke", "small", "-1e39"], /Argument 1 of small is "-1e39", which is no f32/],
    [["run", "maths.wasm", "--invoke", "add", "1", "2", "--query", "x"], /contradict/],
    [["run", "maths.wasm", "--invoke", "add", "1", "2", "--from", "bob"], /--from is for contracts/],
    [["run", "hosted.wasm", "--invoke", "f"], /imports env\.log \(i32\) -> \(\)[\s\S]*qwvm\/wasm/, 1],
    [["run", "counter.wasm", "--invoke", "get_count"], /call it with --init, --execute and --query/, 1],
    [["run", "maths.wasm", "--query", "x"], /cannot be deployed: it does not export its memory/, 1],
    [["run", "simd.wasm", "--invoke", "f"], /cannot be metered: it uses SIMD/, 1],
    [["run", "text.wasm", "--invoke", "f"], /wat2wasm/, 1],
    [["run", "debug.wasm"], /5242885 of them are debug sections \(\.debug_info\)[\s\S]*qwvm optimize/, 1],
    [counter, /create takes arguments[\s\S]*--init '\{"initialValue": 5\}'/],
    [[...counter, "--init", '{"initialValue": 18446744073709551615}'], /Write it as a string: "18446744073709551615"/],
    [[...counter, "--init", "{initialValue: 1}"], /not JSON: at character 2/],
    [[...counter, "--init", '{"initialvalue": 1}'], /Did you mean "initialValue"/],
    [[...counter, "--init", '{"initialValue": 1}', "--query", "getcount"], /Did you mean getCount\?/],
    [[...counter, "--init", '{"initialValue": 1}', "--query", "increment"], /Write --execute increment/],
    [[...counter, "--init", '{"initialValue": 1}', "--execute", "increment", '{"amount":', "5}"], /single quotes/],
    [[...counter, "--init", '{"initialValue": 1}', "--query", "getCount", "--value", "1"], /cannot be sent value/],
    [["run", "counter.wasm", "--execute", "increment", '{"amount": 5}'], /no interface[\s\S]*--abi FILE/],
    [["run", "counter.wasm", "--abi", "package.json"], /package\.json is wrong: type is not a key/],
    [["run", "counter.wasm", "--abi", "text.wasm"], /text\.wasm is not JSON: at character 1/],
    [
      ["run", "counter.wasm", "--abi", "counter.wasm"],
      /counter\.wasm is a Wasm module, and no interface\.\n.*--abi NAME/,
    ],
    [["run", "counter.wasm", "--abi", "bytes.bin"], /bytes\.bin is no text, and no interface/],
    [["run", "counter.wasm", "--from", "0x12"], /The sender is "0x12"/],
    [["run", "counter.wasm", "--value", "5", "--execute", "x"], /after the call that it is sent with/],
    [["run", "counter.wasm", "--execute", "x", "--from", "a", "--from", "b"], /--from was given twice/],
    [["run", "counter.wasm", "--memory", "some"], /kept from call to call, or fresh/],
    [["inspect"], /needs a file/],
    [["inspect", "."], /is a folder/],
    [["inspect", "maths.wasm", "--jsn"], /Did you mean --json\?/],
    [["inspect", "maths.wasm", "counter.wasm"], /takes no "counter\.wasm"/],
    [["optimize", "maths.wasm"], /-o OUT\.wasm, or --in-place/],
    [["optimize", "maths.wasm", "-o", "a.wasm", "--in-place"], /contradict/],
    [["optimize", "maths.wasm", "-o", "build"], /build is a folder/],
    [["optimize", "maths.wasm", "-o"], /-o needs a value\.\nWrite -o VALUE\./],
    [["optimize", "maths.wasm", "--output"], /--output needs a value\.\nWrite --output VALUE or --output=VALUE\./],
    [["optimize", "maths.wasm", "-o", "a.wasm", "-o", "b.wasm"], /-o was given twice/],
    [["optimize", "maths.wasm", "-o", "./maths.wasm"], /is the input itself\.\n.*maths\.wasm --in-place to replace it/],
    [["optimize", "maths.wasm", "-o", "package.json"], /package\.json is there already, and no Wasm file\.\nRemove it/],
    [["optimize", "maths.wasm", "-o", "new/out.wasm"], /There is no folder .*new\.\nMake it/],
    [["optimize", "simd.wasm", "-o", "out.wasm"], /cannot be optimised: it uses SIMD/, 1],
    [["optimize", "text.wasm", "--in-place"], /wat2wasm/, 1],
  ])("%j", (args, message, code = 2) => {
    const run = qwvm(...args);
    expect(run.err).toMatch(message);
    expect(run.err).toMatch(/^error: .*\n./);
    expect(run.err).not.toMatch(/\n {4}at |CompileError|RangeError|TypeError/);
    expect({ code: run.code, out: run.out }).toEqual({ code, out: "" });
    expect(existsSync(project.path("out.wasm"))).toBe(false);
  });
});

describe("qwvm inspect", () => {
  test("a contract of the SDK", () => {
    const run = qwvm("inspect", "build/counter.wasm");
    const size = statSync(project.path("build/counter.wasm")).size;
    expect(run).toMatchObject({ code: 0, err: "" });
    expect(run.out).toContain(`build/counter.wasm: SDK contract Counter, ${size.toLocaleString("en-US")} bytes\n`);
    expect(run.out).toContain(`✓ can be deployed for ${(5000 + 20 * size).toLocaleString("en-US")} gas`);
    expect(run.out).toContain("  init     create(initialValue: u64)\n");
    expect(run.out).toMatch(/ {2}documented {2}env\.qw_storage_write +\(i32, i32, i32, i32\) -> \(\)\n/);
    expect(run.out).toMatch(/ {2}extension {3}env\.qw_revert/);
    expect(run.out.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  test("as JSON: sections add up, functions come by size", () => {
    const { sizeBytes, sections, functions, ...facts } = JSON.parse(qwvm("inspect", "counter.wasm", "--json").out);
    expect(facts).toMatchObject({ kind: "raw contract", deployable: true, refusal: null, debugBytes: 0, abi: null });
    expect(facts.imports).toEqual([
      {
        module: "env",
        name: "qw_storage_write",
        kind: "function",
        type: "(i32, i32, i32, i32) -> ()",
        status: "documented",
      },
    ]);
    const sum = (parts: { sizeBytes: number }[]) => parts.reduce((total, part) => total + part.sizeBytes, 0);
    expect(sum(sections)).toBe(sizeBytes);
    // The code section is its functions, its id, two sizes and a count.
    const code = sections.find(({ name }: { name: string }) => name === "code").sizeBytes;
    expect(code - sum(functions)).toBeGreaterThan(3);
    expect(code - sum(functions)).toBeLessThan(10);
    expect(facts.deploymentGas).toBe(5000 + 20 * sizeBytes);
  });

  test("modules that cannot be deployed: 1, with everything there is to say", () => {
    const debug = qwvm("inspect", "debug.wasm");
    expect(debug).toMatchObject({ code: 1, err: "" });
    expect(debug.out).toContain(
      "! 5,242,885 of the 5,259,241 bytes are debug sections: qwvm optimize takes them out\n",
    );
    expect(debug.out).toMatch(/ {2}\.debug_info +5,242,885 +100 %\n/);
    const facts = JSON.parse(qwvm("inspect", "debug.wasm", "--json").out);
    expect([facts.deployable, facts.deploymentGas, facts.refusal.code]).toEqual([false, null, "CODE_TOO_LARGE"]);
    expect(qwvm("inspect", "simd.wasm").out).toContain("✗ SIMD (function 0), which QWVM does not run\n");
    expect(qwvm("inspect", "hosted.wasm").out).toContain("  unknown  env.log  (i32) -> ()\n");
    expect(qwvm("inspect", "text.wasm").out).toMatch(/^text\.wasm: not WebAssembly, 8 bytes\n.*\n.*wat2wasm/);
  });

  test("names that would confuse a terminal are written as escapes", () => {
    writeFileSync(
      project.path("odd.wasm"),
      assemble('(module (import "env" "\\1b[2Jx" (func)) (func (export "two\\0alines")))'),
    );
    const { out } = qwvm("inspect", "odd.wasm");
    expect(out).toContain("env.\\u{1b}[2Jx");
    expect(out).toContain("two\\nlines");
    expect(out).not.toContain(String.fromCharCode(0x1b));
    const { err } = qwvm("run", "odd.wasm", "--invoke", "f");
    expect(err).toMatch(/^error: odd\.wasm imports env\.\\u\{1b\}\[2Jx/);
    writeFileSync(
      project.path("lines.wasm"),
      assemble('(module (func (export "two\\0alines\\e2\\80\\ae") (param i32)))'),
    );
    const told = "two\\u{a}lines\\u{202e}";
    expect(qwvm("run", "lines.wasm").err).toContain(`Its functions are ${told}.\n`);
    expect(qwvm("run", "lines.wasm", "--invoke", "f").err).toContain(`Its functions are ${told}.\n`);
    expect(qwvm("run", "lines.wasm", "--invoke", "two\nlines\u202e").err).toContain(`error: ${told} takes 1 argument`);
  });

  test("a module cut off anywhere is told of, never with a stack trace", () => {
    const whole = readFileSync(project.path("chatty.wasm"));
    for (const length of [0, 3, 8, 9, 20, 60, 100, 150, whole.length - 1]) {
      writeFileSync(project.path("cut.wasm"), whole.subarray(0, length));
      const run = qwvm("inspect", "cut.wasm");
      expect([run.code, run.err], `${length} bytes`).toEqual([length === whole.length - 1 ? run.code : 1, ""]);
      expect(run.out).toMatch(/^cut\.wasm: /);
    }
  });
});

describe("qwvm optimize", () => {
  test("prints before and after, and the result counts as before", () => {
    const before = readFileSync(project.path("debug.wasm"));
    const run = qwvm("optimize", "debug.wasm", "-o", "small.wasm");
    expect(run).toMatchObject({ code: 0, err: "" });
    expect(run.out).toMatch(/ {2}\.debug_info +5,242,885 +0 +−5,242,885 +−100 %\n/);
    const size = statSync(project.path("small.wasm")).size;
    expect(size).toBeLessThan(16_000);
    // It was too large to be deployed.
    const gas = (5000 + 20 * size).toLocaleString("en-US");
    expect(run.out).toMatch(new RegExp(`\ndeployment gas +refused +${gas}\n`));
    expect(run.out).toMatch(/✓ small\.wasm written\n$/);
    expect(readFileSync(project.path("debug.wasm")).equals(before)).toBe(true);
    const counted = qwvm("run", "small.wasm", "--execute", "increment", "0x0500000000000000", "--query", "get_count");
    expect(counted.out).toContain("    = 5\n");
  });

  test.runIf(process.platform === "linux")(
    "says what stands in the way, in words about the file that was named",
    () => {
      const nowhere = qwvm("optimize", "maths.wasm", "-o", "/proc/x");
      expect(nowhere).toMatchObject({ code: 1, out: "" });
      expect(nowhere.err).toMatch(/^error: \/proc\/x could not be written: [a-z ]+ \([A-Z]+\)\.\n/);
      expect(nowhere.err).not.toContain("tmp");
      expect(qwvm("optimize", "maths.wasm", "-o", "/dev/null").err).toMatch(/\/dev\/null is no regular file/);
    },
  );

  test("keeps the interface; replaces the input when asked, through a link as well", () => {
    copyFileSync(project.path("build/counter.wasm"), project.path("mine.wasm"));
    symlinkSync("mine.wasm", project.path("link.wasm"));
    expect(qwvm("optimize", "link.wasm", "--in-place").code).toBe(0);
    expect(qwvm("optimize", "mine.wasm", "-o", "link.wasm").err).toMatch(/link\.wasm is the input itself/);
    writeFileSync(project.path("empty.wasm"), "");
    for (const output of ["empty.wasm", "other.wasm", "other.wasm"]) {
      expect(qwvm("optimize", "mine.wasm", "-o", output).code).toBe(0);
    }
    expect(qwvm("run", "link.wasm", "--init", '{"initialValue": 7}', "--query", "getCount").out).toContain("    = 7\n");
    const { before, after, codeOptimized } = JSON.parse(qwvm("optimize", "counter.wasm", "-o", "x.wasm", "--json").out);
    expect([before.sizeBytes, before.deploymentGas, codeOptimized]).toEqual([16_356, 5000 + 20 * 16_356, true]);
    expect(after.sizeBytes).toBe(statSync(project.path("x.wasm")).size);
  });
});
