// One side of one pair of against.mjs: `node against-worker.mjs PROJECT EXAMPLE` prints the rates of that built example as JSON.

import { counterCalls, tokenCalls } from "./calls.mjs";
import { callsPerSecond } from "./measure.mjs";

const [project, example] = process.argv.slice(2);
const works = await { counter: counterCalls, token: tokenCalls }[example](project);
const rates = Object.entries(works).map(([what, work]) => [what, callsPerSecond(work, { rounds: 3 })]);
console.log(JSON.stringify(Object.fromEntries(rates)));
