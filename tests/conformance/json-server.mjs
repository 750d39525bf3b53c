// SPDX-License-Identifier: Apache-2.0
// Serves data with the real json-server and with understudy-cli, sends both the same requests one after the other, and compares
// status, X-Total-Count and the values of bodies.
//
//   node json-server.mjs JSON_SERVER UNDERSTUDY_CLI FOLDER… [--verbose] [--record]
//
// A folder has data in NAME.json and requests in NAME.requests.json: [{method, target, json, drawn}]; `drawn` is for an id that
// both invent. --record writes what json-server answered beside each request, where tests/formats reads it. Ends with a line of
// counts; exit code 1 where less than 99 % agree.
import fs from 'node:fs';
import path from 'node:path';
import { ask, counts, finish, record, scratchFolder, start, startAll, stop, verbose } from './plumbing.mjs';

const [jsonServer, understudy, ...folders] = process.argv.slice(2).filter((a) => !a.startsWith('--'));
const scratch = scratchFolder();

const valueOf = (answer, drawn) => {
    try {
        const value = JSON.parse(answer.body);
        return JSON.stringify(drawn ? { ...value, id: typeof value.id } : value);
    } catch { return answer.body; }
};

function differences(theirs, ours, drawn) {
    const out = [];
    if (theirs.status !== ours.status)
        out.push(`status ${theirs.status} / ${ours.status}`);
    const total = 'x-total-count';
    if (theirs.headers[total] !== undefined && theirs.headers[total] !== ours.headers[total])
        out.push(`${total} ${theirs.headers[total]} / ${ours.headers[total]}`);
    const [left, right] = [valueOf(theirs, drawn), valueOf(ours, drawn)];
    if (left !== right)
        out.push(`body\n      ${left.slice(0, 300)}\n      ${right.slice(0, 300)}`);
    return out;
}

for (const folder of folders) {
    for (const name of fs.readdirSync(folder).filter((n) => n.endsWith('.json') && !n.endsWith('.requests.json')).sort()) {
        const file = path.join(folder, name);
        const asked = file.replace(/\.json$/, '.requests.json');
        if (!fs.existsSync(asked))
            continue;
        const requests = JSON.parse(fs.readFileSync(asked, 'utf8'));
        const written = path.join(scratch, name); // json-server writes into its file
        fs.copyFileSync(file, written);
        const [{ child: theirs, port: theirPort }, { child: ours, port: ourPort }] = await startAll(
            (port) => start('node', [fs.realpathSync(jsonServer), written, '--port', String(port), '--host', '127.0.0.1'], /Home/),
            (port) => start(understudy, ['serve', file, '--port', String(port)], /listening/));
        if (!theirs || !ours) {
            console.log(`${name}: not compared (${!theirs ? 'json-server' : 'understudy-cli'} does not start)`);
            counts.notStarted += 1;
            [theirs, ours].filter(Boolean).forEach(stop);
            continue;
        }
        // It says that it is ready before it is.
        for (let tries = 0; tries < 50 && !(await ask(theirPort, { method: 'GET', target: '/db' })).status; ++tries)
            await new Promise((resolve) => setTimeout(resolve, 100));
        counts.files += 1;
        for (const request of requests) {
            const sent = { method: request.method ?? 'GET', target: request.target };
            if (request.json !== undefined)
                Object.assign(sent, { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(request.json) });
            const left = await ask(theirPort, sent);
            const right = await ask(ourPort, sent);
            counts.requests += 1;
            request.answer = { status: left.status, body: valueOf(left, request.drawn) };
            const found = differences(left, right, request.drawn);
            counts[found.length ? 'different' : 'same'] += 1;
            if (found.length || verbose)
                console.log(`${name}: ${sent.method} ${sent.target}${sent.body ? ' ' + sent.body.slice(0, 120) : ''}`);
            found.forEach((d) => console.log(`    ${d}`));
        }
        [theirs, ours].forEach(stop);
        if (record)
            fs.writeFileSync(asked, `[\n${requests.map((r) => JSON.stringify(r)).join(',\n')}\n]\n`);
    }
}
finish('json-server');
