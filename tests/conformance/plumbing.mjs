// SPDX-License-Identifier: Apache-2.0
// Servers and single requests, for the comparisons beside this.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

export const verbose = process.argv.includes('--verbose');
export const record = process.argv.includes('--record');
export const parsed = (text) => { try { return JSON.parse(text); } catch { return undefined; } };

/// A folder that is gone when the comparison ends.
export function scratchFolder() {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'understudy-conformance-'));
    process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
    return folder;
}

/// What has been compared so far.
export const counts = { files: 0, requests: 0, same: 0, different: 0, notStarted: 0 };

/// Writes the line of counts and ends: with 1 where less than 99 % agree.
export function finish(peer) {
    const share = counts.same / Math.max(counts.requests, 1);
    console.log(`${counts.files} comparisons with ${peer}, ${counts.requests} requests: ${counts.same} the same, ${counts.different} different `
        + `(${(share * 100).toFixed(1)} % agree); ${counts.notStarted} not compared`);
    process.exit(share >= 0.99 && counts.notStarted === 0 ? 0 : 1);
}

export const freePort = () => new Promise((resolve) => {
    const probe = net.createServer();
    probe.listen(0, '127.0.0.1', () => {
        const { port } = probe.address();
        probe.close(() => resolve(port));
    });
});

/// Starts a server and waits until its output says that it is ready; null if it does not get there, with its output where `verbose`.
export function start(command, args, ready) {
    return new Promise((resolve) => {
        const child = spawn(command, args, { detached: true, env: { ...process.env, TZ: 'UTC' } });
        let output = '';
        const done = (result) => { clearTimeout(timer); resolve(result); };
        const timer = setTimeout(() => done(null), 30000);
        const look = (data) => {
            output += data;
            if (ready.test(output))
                done(child);
        };
        child.stdout.on('data', look);
        child.stderr.on('data', look);
        child.on('exit', () => { if (verbose) console.log(output); done(null); });
    });
}

/// Starts servers beside each other, each on a free port: [{child, port}…]. Somebody else may have taken a port before it was
/// used, so they are tried three times; null for what never starts.
export async function startAll(...starters) {
    for (let attempt = 0; ; ++attempt) {
        const ports = await Promise.all(starters.map(() => freePort()));
        const children = await Promise.all(starters.map((starter, i) => starter(ports[i])));
        if (children.every(Boolean) || attempt === 2)
            return children.map((child, i) => ({ child, port: ports[i] }));
        children.filter(Boolean).forEach(stop);
    }
}

export const stop = (child) => { try { process.kill(-child.pid, 'SIGKILL'); } catch { /* it has ended */ } };

/// One request over a connection of its own: [status, headers, body].
export function ask(port, { method, target, headers, body }) {
    return new Promise((resolve) => {
        const socket = net.connect(port, '127.0.0.1');
        const chunks = [];
        const fail = (e) => resolve({ status: 0, headers: {}, body: String(e) });
        socket.setTimeout(20000, () => { socket.destroy(); fail('time-out'); });
        socket.on('error', fail);
        socket.on('data', (d) => chunks.push(d));
        socket.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            const split = text.indexOf('\r\n\r\n');
            const [first, ...lines] = text.slice(0, split).split('\r\n');
            const fields = {};
            for (const line of lines) {
                const colon = line.indexOf(':');
                const name = line.slice(0, colon).toLowerCase();
                const value = line.slice(colon + 1).trim();
                fields[name] = name in fields ? `${fields[name]}, ${value}` : value;
            }
            let content = text.slice(split + 4);
            if ((fields['transfer-encoding'] || '') === 'chunked')
                content = content.replace(/(^|\r\n)[0-9a-f]+\r\n/gi, '').replace(/\r\n$/, '');
            resolve({ status: Number(first.split(' ')[1]), headers: fields, body: content });
        });
        const all = { Host: 'localhost', ...headers, Connection: 'close' };
        if (body !== undefined)
            all['Content-Length'] = Buffer.byteLength(body);
        socket.write(`${method} ${target} HTTP/1.1\r\n`
            + Object.entries(all).map(([k, v]) => `${k}: ${v}\r\n`).join('') + '\r\n' + (body ?? ''));
    });
}
