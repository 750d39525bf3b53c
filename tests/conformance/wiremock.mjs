// SPDX-License-Identifier: Apache-2.0
// Serves WireMock mappings with the real WireMock and with understudy-cli, sends both the same requests, and compares status,
// the headers that the mappings set, and bodies; then the same for what understudy-cli exports.
//
//   node wiremock.mjs WIREMOCK_JAR UNDERSTUDY_CLI ROOT_FOLDER… [--verbose] [--record]
//
// --record writes what WireMock answered beside each request of the metadata, where tests/formats reads it (numbers that
// JavaScript cannot hold have to be put back by hand).
// The requests of a stub stand in its metadata, {"requests": [{method, target, headers, body}]}; one that has none is asked
// for its URL. Ends with a line of counts; exit code 1 where less than 99 % agree.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { ask, counts, finish, parsed, record, scratchFolder, start, startAll, stop, verbose } from './plumbing.mjs';

const [jar, understudy, ...roots] = process.argv.slice(2).filter((a) => !a.startsWith('--'));
const scratch = scratchFolder();

/// A root folder with one file of mappings in it.
function rootOf(folder, file, name) {
    const root = path.join(scratch, name);
    fs.mkdirSync(path.join(root, 'mappings'), { recursive: true });
    fs.copyFileSync(file, path.join(root, 'mappings', path.basename(file)));
    const bodies = path.join(folder, '__files');
    if (fs.existsSync(bodies))
        fs.cpSync(bodies, path.join(root, '__files'), { recursive: true });
    return root;
}

function requestsOf(stub, others) {
    const asked = stub.metadata?.requests;
    if (asked)
        return asked.map((r) => ({ method: r.method ?? 'GET', target: r.target, headers: r.headers ?? {}, body: r.body, from: r }));
    if (others.some((other) => other.metadata?.requests))
        return []; // the file says what is asked
    const request = stub.request ?? {};
    const url = request.url ?? request.urlPath ?? request.urlPathTemplate?.replace(/\{[^}]*\}/g, '1');
    if (!url?.startsWith('/'))
        return [];
    const method = !request.method || ['ANY', 'GET_OR_HEAD'].includes(request.method) ? 'GET' : request.method;
    const headers = Object.fromEntries(Object.entries(request.headers ?? {})
        .flatMap(([k, v]) => (v.equalTo ?? v.contains ? [[k, v.equalTo ?? v.contains]] : [])));
    const body = request.bodyPatterns?.map((p) => p.equalTo ?? p.contains)[0];
    return [{ method, target: url, headers, body }, { method, target: url, headers: {} }];
}

/// A stub on each line.
function written(value, stubs) {
    const lines = stubs.map((stub) => JSON.stringify(stub)).join(',\n');
    return Array.isArray(value) ? `[\n${lines}\n]\n` : `{"mappings": [\n${lines}\n]}\n`;
}

const isNobody = (answer) => answer.status === 404 && /Request was not matched|No response could be served/.test(answer.body);

function differences(theirs, ours, names) {
    if (isNobody(theirs) && ours.status === 404)
        return []; // both say that nothing answers, each in its way
    const out = [];
    if (!theirs.status && !ours.status)
        return []; // no answer at all
    if (theirs.status !== ours.status)
        out.push(`status ${theirs.status} / ${ours.status}`);
    for (const name of names) {
        if (theirs.headers[name] !== undefined && theirs.headers[name] !== ours.headers[name])
            out.push(`${name} '${theirs.headers[name]}' / '${ours.headers[name]}'`);
    }
    if (theirs.status !== 0 && theirs.body !== ours.body)
        out.push(`body\n      ${JSON.stringify(theirs.body.slice(0, 300))}\n      ${JSON.stringify(ours.body.slice(0, 300))}`);
    return out;
}

/// WireMock with one folder and understudy-cli with another path are asked the same.
async function compare(label, wiremockRoot, ourPath, stubs) {
    const [{ child: theirs, port: theirPort }, { child: ours, port: ourPort }] = await startAll(
        (port) => start('java', ['-jar', jar, '--port', String(port), '--root-dir', wiremockRoot, '--bind-address', '127.0.0.1', '--disable-gzip'],
            /port:\s+\d+/),
        (port) => start(understudy, ['serve', ourPath, '--port', String(port)], /listening/));
    if (!theirs || !ours) {
        console.log(`${label}: not compared (${!theirs ? 'WireMock' : 'understudy-cli'} does not start)`);
        counts.notStarted += 1;
        [theirs, ours].filter(Boolean).forEach(stop);
        return;
    }
    counts.files += 1;
    for (const stub of stubs) {
        const names = Object.keys(stub.response?.headers ?? {}).map((n) => n.toLowerCase());
        for (const request of requestsOf(stub, stubs)) {
            const left = await ask(theirPort, request);
            const right = await ask(ourPort, request);
            counts.requests += 1;
            if (request.from && !label.endsWith('exported'))
                request.from.answer = isNobody(left) ? { status: 404 } : { status: left.status || 0, body: left.body };
            const found = differences(left, right, names);
            counts[found.length ? 'different' : 'same'] += 1;
            if (found.length || verbose)
                console.log(`${label}: ${request.method} ${request.target}${request.body ? ' ' + request.body.slice(0, 120) : ''}`);
            found.forEach((d) => console.log(`    ${d}`));
        }
    }
    [theirs, ours].forEach(stop);
}

for (const root of roots) {
    const mappings = path.join(root, 'mappings');
    for (const name of fs.readdirSync(mappings).sort()) {
        const file = path.join(mappings, name);
        const value = parsed(fs.readFileSync(file, 'utf8'));
        if (!value)
            continue;
        const stubs = Array.isArray(value) ? value : value.mappings ?? [value];
        const own = rootOf(root, file, `in-${counts.files}-${name}`);
        // WireMock reads a list only under 'mappings'.
        if (Array.isArray(value))
            fs.writeFileSync(path.join(own, 'mappings', name), JSON.stringify({ mappings: value }));
        await compare(name, own, own, stubs);
        if (record)
            fs.writeFileSync(file, written(value, stubs));
        const back = rootOf(root, file, `out-${counts.files}-${name}`);
        fs.rmSync(path.join(back, 'mappings', name));
        try {
            execFileSync(understudy, ['export', own, '-t', 'wiremock', '-o', path.join(back, 'mappings', 'exported.json')], { stdio: verbose ? 'inherit' : 'pipe' });
        } catch (e) {
            console.log(`${name}: not exported: ${e.stderr ?? e}`);
            counts.notStarted += 1;
            continue;
        }
        await compare(`${name}, exported`, back, own, stubs);
    }
}
finish('WireMock');
