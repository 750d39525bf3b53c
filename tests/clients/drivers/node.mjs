// SPDX-License-Identifier: Apache-2.0
// Runs the cases of a file with fetch, all at once. See ../runner.h for the lines it reads and prints.
// The authority comes by NODE_EXTRA_CA_CERTS.
import dns from "node:dns";
import { readFileSync } from "node:fs";

// The name is known here, whatever the machine knows.
const lookup = dns.lookup;
dns.lookup = (host, ...more) => lookup(host === "localhost" ? "127.0.0.1" : host, ...more);

const clean = (text) => String(text).replace(/\s+/g, " ").trim();

function explain(problem) {
    const cause = problem.cause;
    const own = `${problem.name}: ${problem.message}`;
    if (!cause)
        return own;
    return `${own} (${cause.code ?? cause.name}: ${cause.message})`;
}

async function request(act, signal, url) {
    const options = { signal };
    if (act === "twice")
        Object.assign(options, { method: "POST", body: "hello" });
    if (act === "upload")
        Object.assign(options, { method: "POST", body: new Uint8Array(4_000_000) });
    if (act === "expect")
        Object.assign(options, { method: "POST", body: "hello", headers: { expect: "100-continue" } });
    const answer = await fetch(url, options);
    if (act === "date") {
        const ahead = Math.round((Date.parse(answer.headers.get("date")) - Date.now()) / 3_600_000);
        return `${answer.status} Date ${ahead} h ahead`;
    }
    return `${answer.status} ${(await answer.text()).slice(0, 60)}`;
}

async function run(line) {
    const [number, act, seconds, url] = line.split("\t");
    const begin = performance.now();
    // The fetch of Node 18 forgets a signal when garbage is collected, so that the time-out is told twice.
    const limit = new AbortController();
    let timer;
    const late = new Promise((_, reject) => {
        timer = setTimeout(() => {
            const problem = new DOMException("The operation was aborted due to timeout", "TimeoutError");
            limit.abort(problem);
            reject(problem);
        }, Number(seconds) * 1000);
    });
    const ask = () => Promise.race([request(act, limit.signal, url), late]);
    let outcome;
    try {
        outcome = await ask();
        if (act === "twice")
            outcome = await ask();
    } catch (problem) {
        outcome = explain(problem);
    }
    clearTimeout(timer);
    console.log([number, Math.floor(performance.now() - begin), clean(outcome)].join("\t"));
}

const lines = readFileSync(process.argv[2], "utf8").trimEnd().split("\n");
await Promise.all(lines.map(run));
process.exit(0);
