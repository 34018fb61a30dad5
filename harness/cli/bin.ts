#!/usr/bin/env node
// The `qwvm` command. Everything else is in main.ts.

import { main } from "./main.js";

process.exitCode = (await main(process.argv.slice(2))) || process.exitCode;
