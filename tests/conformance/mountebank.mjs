// SPDX-License-Identifier: Apache-2.0
// Serves imposters with the real mountebank and with understudy-cli, sends both the same requests, and compares status, the headers
// that the imposter sets, and bodies; then the same for what understudy-cli exports.
//
//   node mountebank.mjs MB UNDERSTUDY_CLI FOLDER… [--verbose] [--record]
//
// A folder has imposters in NAME.json, one in each file, and what is asked of them in NAME.requests.json: [{method, target, headers,
// body, atLeast}], the last in milliseconds. --record writes what mountebank answered beside each request, where tests/formats reads
// it. JSON bodies are compared by their values: mountebank writes them on several lines. Ends with a line of counts; exit code 1 where
// less than 99 % agree.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { ask, counts, finish, freePort, parsed, record, scratchFolder, start, startAll, stop, verbose } from './plumbing.mjs';

const [mb, understudy, ...folders] = process.argv.slice(2).filter((a) => !a.startsWith('--'));
const scratch = scratchFolder();

const sameBody = (a, b) => {
    const left = parsed(a);
    return a === b || (typeof left === 'object' && left !== null && JSON.stringify(left) === JSON.stringify(parsed(b)));
};

async function timed(port, request) {
    const before = Date.now();
    const answer = await ask(port, { method: 'GET', ...request });
    return { ...answer, took: Date.now() - before };
}

function differences(theirs, ours, names, request) {
    const out = [];
    if (!theirs.status && !ours.status)
        return []; // no answer at all
    if (theirs.status !== ours.status)
        out.push(`status ${theirs.status} / ${ours.status}`);
    for (const name of ['connection', ...names]) {
        if (theirs.headers[name] !== undefined && theirs.headers[name] !== ours.headers[name])
            out.push(`${name} '${theirs.headers[name]}' / '${ours.headers[name]}'`);
    }
    if (!sameBody(theirs.body, ours.body))
        out.push(`body\n      ${JSON.stringify(theirs.body.slice(0, 300))}\n      ${JSON.stringify(ours.body.slice(0, 300))}`);
    if (ours.took < (request.atLeast ?? 0))
        out.push(`after ${theirs.took} ms / ${ours.took} ms`);
    return out;
}

const headersOf = (imposter) => new Set([imposter.defaultResponse, ...(imposter.stubs ?? []).flatMap((s) => s.responses.map((r) => r.is))]
    .flatMap((is) => Object.keys(is?.headers ?? {})).map((n) => n.toLowerCase()).filter((n) => n !== 'content-length'));

/// Mountebank with the imposter of one file, on a port of its own.
function startMountebank(file, port) {
    const imposter = JSON.parse(fs.readFileSync(file, 'utf8')).imposters[0];
    const config = path.join(scratch, `config-${port}.json`);
    fs.writeFileSync(config, JSON.stringify({ imposters: [{ ...imposter, port }] }));
    return freePort().then((own) => start(mb, ['--configfile', config, '--noParse', '--port', String(own), '--nologfile',
        '--pidfile', path.join(scratch, `${port}.pid`)], /Open for business/));
}

async function compare(label, theirFile, ourFile, imposter, requests) {
    const [{ child: theirs, port: theirPort }, { child: ours, port: ourPort }] = await startAll(
        (port) => startMountebank(theirFile, port),
        (port) => start(understudy, ['serve', ourFile, '--port', String(port)], /listening/));
    if (!theirs || !ours) {
        console.log(`${label}: not compared (${!theirs ? 'mountebank' : 'understudy-cli'} does not start)`);
        counts.notStarted += 1;
        [theirs, ours].filter(Boolean).forEach(stop);
        return;
    }
    counts.files += 1;
    const names = headersOf(imposter);
    for (const request of requests) {
        const left = await timed(theirPort, request);
        const right = await timed(ourPort, request);
        counts.requests += 1;
        if (!label.endsWith('exported'))
            request.answer = { status: left.status || 0, body: left.status ? left.body : '' };
        const found = differences(left, right, names, request);
        counts[found.length ? 'different' : 'same'] += 1;
        if (found.length || verbose)
            console.log(`${label}: ${request.method ?? 'GET'} ${request.target}${request.body ? ' ' + request.body.slice(0, 120) : ''}`);
        found.forEach((d) => console.log(`    ${d}`));
    }
    [theirs, ours].forEach(stop);
}

for (const folder of folders) {
    for (const name of fs.readdirSync(folder).filter((n) => n.endsWith('.json') && !n.endsWith('.requests.json')).sort()) {
        const file = path.join(folder, name);
        const imposter = parsed(fs.readFileSync(file, 'utf8'))?.imposters?.[0];
        const asked = file.replace(/\.json$/, '.requests.json');
        if (!imposter || !fs.existsSync(asked))
            continue;
        const requests = JSON.parse(fs.readFileSync(asked, 'utf8'));
        await compare(name, file, file, imposter, requests);
        if (record)
            fs.writeFileSync(asked, `[\n${requests.map((r) => JSON.stringify(r)).join(',\n')}\n]\n`);
        const exported = path.join(scratch, `exported-${name}`);
        try {
            execFileSync(understudy, ['export', file, '-t', 'mountebank', '-o', exported], { stdio: verbose ? 'inherit' : 'pipe' });
        } catch (e) {
            console.log(`${name}: not exported: ${e.stderr ?? e}`);
            counts.notStarted += 1;
            continue;
        }
        await compare(`${name}, exported`, exported, file, imposter, requests);
    }
}
finish('mountebank');
