// SPDX-License-Identifier: Apache-2.0
// Serves Mockoon environments with the real Mockoon and with understudy-cli, sends both every request that their routes
// define, and compares status, the headers that the file sets, and bodies; then the same for what understudy-cli exports.
//
//   node mockoon.mjs MOCKOON_CLI UNDERSTUDY_CLI FILE|FOLDER… [--verbose]
//
// What a template draws (faker, dates, oneOf) is compared by its shape. Ends with a line of counts; exit code 1 where less
// than 99 % agree.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ask, start, startAll, stop } from './plumbing.mjs';

const [mockoon, understudy, ...places] = process.argv.slice(2).filter((a) => !a.startsWith('--'));

const files = places.flatMap(function list(p) {
    if (fs.statSync(p).isDirectory())
        return fs.readdirSync(p).sort().flatMap((f) => list(path.join(p, f)));
    return p.endsWith('.json') ? [p] : [];
});

// --- What is sent ---

const plainPath = (environment, route, values = {}) => {
    const endpoint = route.endpoint
        .replace(/\\(.)/g, (_, c) => encodeURIComponent(c))
        .replace(/\(([^)]*)\)\??/g, '$1')
        .replace(/:([A-Za-z0-9_]+)[?+*]?/g, (_, name) => encodeURIComponent(values[name] ?? '1'))
        .replace(/([A-Za-z0-9])[?+]/g, '$1')
        .replace(/\*[A-Za-z0-9_]*/g, 'any')
        .replace(/[{}]/g, '')
        .replace(/ /g, '%20');
    return ('/' + environment.endpointPrefix + '/' + endpoint).replace(/\/+/g, '/');
};

const setIn = (object, steps, value) => {
    let at = object;
    steps.slice(0, -1).forEach((step) => { at = at[step] ??= {}; });
    at[steps.at(-1)] = value;
};

/// A request that a response's rules may hold for.
function requestFor(environment, route, rules) {
    const request = { values: {}, query: [], headers: {}, json: {}, hasBody: false };
    for (const rule of rules) {
        const operator = rule.operator ?? (rule.isRegex ? 'regex' : 'equals');
        const value = operator.startsWith('regex')
            ? (rule.value ?? '').replace(/^\^|\$$/g, '').replace(/\.\*|\.\+/g, 'x').replace(/[()\\?]/g, '').split('|')[0]
            : rule.value ?? '';
        if (operator === 'null' || rule.invert)
            continue;
        if (rule.target === 'query' && rule.modifier)
            request.query.push([rule.modifier, value]);
        else if (rule.target === 'header' && rule.modifier && !/[\r\n]/.test(value))
            request.headers[rule.modifier] = value;
        else if (rule.target === 'cookie' && rule.modifier)
            request.headers.Cookie = `${rule.modifier}=${value}`;
        else if (rule.target === 'params')
            request.values[rule.modifier] = value;
        else if (rule.target === 'body') {
            request.hasBody = true;
            if (rule.modifier && !rule.modifier.startsWith('$'))
                setIn(request.json, rule.modifier.split('.'), operator === 'array_includes' ? [value] : value);
            else if (!rule.modifier)
                request.text = value;
        }
    }
    const query = request.query.map(([k, v]) => `${encodeURIComponent(k)}=${encodeURIComponent(v)}`).join('&');
    return {
        target: plainPath(environment, route, request.values) + (query ? '?' + query : ''),
        headers: request.headers,
        body: request.hasBody ? request.text ?? JSON.stringify(request.json) : undefined,
    };
}

const item = { name: 'Conformance', email: 'c@example.com', nested: { a: 1 }, list: [1, 2] };

function* requestsOf(environment, route) {
    const json = { 'Content-Type': 'application/json' };
    if (route.type === 'crud') {
        const base = plainPath(environment, route);
        for (const suffix of ['', '?limit=2', '?page=2&limit=2', '?sort=id&order=desc', '?search=a', '?name_like=a', '/1', '/nowhere'])
            yield { method: 'GET', target: base + suffix, headers: {} };
        yield { method: 'POST', target: base, headers: json, body: JSON.stringify(item) };
        yield { method: 'PUT', target: base + '/1', headers: json, body: JSON.stringify({ ...item, put: true }) };
        yield { method: 'PATCH', target: base + '/1', headers: json, body: JSON.stringify({ patched: 1.5 }) };
        yield { method: 'GET', target: base + '/1', headers: {} };
        yield { method: 'DELETE', target: base + '/1', headers: {} };
        yield { method: 'GET', target: base, headers: {} };
        yield { method: 'PUT', target: base, headers: json, body: JSON.stringify([{ id: 7 }, { id: 9 }]) };
        yield { method: 'PATCH', target: base, headers: json, body: JSON.stringify([{ id: 10 }]) };
        yield { method: 'POST', target: base, headers: json, body: JSON.stringify({ a: 1 }) };
        return;
    }
    const method = route.method === 'all' ? 'GET' : route.method.toUpperCase();
    const withBody = ['POST', 'PUT', 'PATCH'].includes(method);
    yield { method, target: plainPath(environment, route), headers: {} };
    yield {
        method, target: plainPath(environment, route) + '?q=1&name=Ada&list=a&list=b&o[k]=v', headers: withBody ? json : {},
        body: withBody ? JSON.stringify(item) : undefined,
    };
    for (const response of route.responses.slice(0, 12)) {
        if (!response.rules?.length)
            continue;
        const asked = requestFor(environment, route, response.rules);
        const body = withBody || asked.body !== undefined ? asked.body ?? '{}' : undefined;
        yield {
            method, target: asked.target, body,
            headers: { ...(body !== undefined && !asked.headers['Content-Type'] ? json : {}), ...asked.headers },
        };
    }
    if (route.responses.length > 1 && ['SEQUENTIAL'].includes(route.responseMode)) {
        for (let i = 0; i < route.responses.length; ++i)
            yield { method, target: plainPath(environment, route), headers: {} };
    }
}

// --- What is compared ---

const draws = /faker|oneOf|someOf|\bint\b|float|guid|uuid|objectId|boolean|firstName|lastName|title|company|email|domain|tld|ipv[46]|color|hexColor|phone|lorem|\blat\b|\blong\b|city|country|street|zipcode|postcode|\bdate\b|\btime\b|now|dateTimeShift|repeat \d+ \d+/;

/// Kinds instead of values; lists of one kind by that kind.
function shape(value) {
    if (Array.isArray(value))
        return [...new Set(value.map((v) => JSON.stringify(shape(v))))].sort().slice(0, 1);
    if (value && typeof value === 'object')
        return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, shape(v)]));
    return typeof value;
}

const parsed = (text) => { try { return JSON.parse(text); } catch { return undefined; } };

function sameBody(a, b, mayDraw, drawsLength) {
    if (a === b || drawsLength)
        return true;
    if (!mayDraw)
        return false;
    const [left, right] = [parsed(a), parsed(b)];
    if (left !== undefined && right !== undefined)
        return JSON.stringify(shape(left)) === JSON.stringify(shape(right));
    const words = (text) => text.replace(/[^<>{}[\]]+/g, 'x');
    return (left === undefined || right === undefined) && words(a) === words(b);
}

const failed = 'Error while serving the content: ';

/// What of a difference is meant (resources/help/mockoon.md), if it is.
function isMeant(theirs, ours) {
    if (theirs.status === 404 && ours.status === 404 && theirs.body.includes('Cannot '))
        return true; // our 404 explains itself
    if (theirs.body.startsWith(failed) && ours.body.startsWith(failed))
        return true; // what a broken template is called is said in other words
    return false;
}

function differences(theirs, ours, headerNames, mayDraw, drawsLength) {
    const out = [];
    if (theirs.status !== ours.status)
        out.push(`status ${theirs.status} / ${ours.status}`);
    for (const name of headerNames) {
        const left = theirs.headers[name];
        const right = ours.headers[name];
        if (left !== right && !(mayDraw && left !== undefined && right !== undefined))
            out.push(`${name} '${left}' / '${right}'`);
    }
    if (!sameBody(theirs.body, ours.body, mayDraw, drawsLength))
        out.push(`body\n      ${JSON.stringify(theirs.body.slice(0, 300))}\n      ${JSON.stringify(ours.body.slice(0, 300))}`);
    return out;
}

const counts = { requests: 0, same: 0, meant: 0, different: 0, environments: 0, notStarted: 0 };
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'understudy-conformance-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
/// The real Mockoon with one file and understudy-cli with another are asked the same.
async function compare(label, theirFile, ourFile, environment) {
    const [{ child: theirs, port: theirPort }, { child: ours, port: ourPort }] = await startAll(
        (port) => start(mockoon, ['start', '--data', theirFile, '--port', String(port), '--hostname', '127.0.0.1', '-X', '--disable-admin-api',
            '--disable-tls', '--repair', '--proxy', 'disabled'], /Server started/),
        (port) => start(understudy, ['serve', ourFile, '--port', String(port), '--allow-outside'], /listening/));
    if (!theirs || !ours) {
        console.log(`${label}: not compared (${!theirs ? 'Mockoon' : 'understudy-cli'} does not start)`);
        counts.notStarted += 1;
        [theirs, ours].filter(Boolean).forEach(stop);
        return;
    }
    counts.environments += 1;
    const own = (environment.headers ?? []).map((h) => (h.key ?? '').toLowerCase()).filter(Boolean);
    const seen = new Set();
    for (const route of environment.routes) {
        // Of routes with one id Mockoon serves the first; here nothing is lost.
        if (route.type === 'ws' || route.enabled === false || seen.has(route.uuid))
            continue;
        seen.add(route.uuid);
        const bucketsDraw = draws.test(JSON.stringify(environment.data ?? []));
        const usesBuckets = /DATABUCKET|data(Raw)? /.test(JSON.stringify(route));
        const mayDraw = draws.test(JSON.stringify(route)) || (usesBuckets && bucketsDraw) || route.responseMode === 'RANDOM';
        const drawsLength = /repeat (\d+ \d+|\()|paragraphs|someOf|arrayElements/.test(JSON.stringify(route)) || route.responseMode === 'RANDOM';
        const names = new Set([...own, 'content-type',
            ...route.responses.flatMap((r) => (r.headers ?? []).map((h) => (h.key ?? '').toLowerCase()))]);
        ['', 'content-length', 'transfer-encoding', 'date', 'access-control-allow-origin', 'access-control-allow-headers',
            'access-control-allow-methods', 'vary', 'connection'].forEach((n) => names.delete(n));
        for (const request of requestsOf(environment, route)) {
            const [left, right] = await Promise.all([ask(theirPort, request), ask(ourPort, request)]);
            counts.requests += 1;
            const found = differences(left, right, names, mayDraw, drawsLength);
            if (!found.length) {
                counts.same += 1;
            } else if (isMeant(left, right)) {
                counts.meant += 1;
            } else {
                counts.different += 1;
                console.log(`${label}: ${request.method} ${request.target}${request.body ? ' ' + request.body.slice(0, 120) : ''}`);
                found.forEach((d) => console.log(`    ${d}`));
            }
        }
    }
    [theirs, ours].forEach(stop);
}

for (const given of files) {
    let file = given;
    let environment;
    try { environment = JSON.parse(fs.readFileSync(file, 'utf8')); } catch { continue; }
    if (!Array.isArray(environment?.routes))
        continue;
    if (environment.tlsOptions?.enabled) { // the answers are the same; certificates are not what is compared
        environment.tlsOptions.enabled = false;
        file = path.join(folder, path.basename(file));
        fs.writeFileSync(file, JSON.stringify(environment));
    }
    environment.endpointPrefix ??= '';
    await compare(path.basename(given), file, file, environment);
    // What is exported, to the real Mockoon: the answers are those of the original here.
    const written = path.join(folder, String(counts.environments), 'envs', path.basename(file));
    fs.mkdirSync(path.dirname(written), { recursive: true });
    const bodies = path.join(path.dirname(given), '..', 'body-files');
    if (fs.existsSync(bodies))
        fs.cpSync(bodies, path.join(path.dirname(written), '..', 'body-files'), { recursive: true });
    try {
        execFileSync(understudy, ['export', file, '-t', 'mockoon', '-o', written], { stdio: 'pipe' });
    } catch (e) {
        console.log(`${file}: not exported: ${e.stderr ?? e}`);
        counts.notStarted += 1;
        continue;
    }
    await compare(path.basename(given) + ', exported', written, file, environment);
}
const share = (counts.same + counts.meant) / Math.max(counts.requests, 1);
console.log(`${counts.environments} comparisons with Mockoon, ${counts.requests} requests: ${counts.same} the same, ${counts.meant} meant otherwise, `
    + `${counts.different} different (${(share * 100).toFixed(1)} % agree); ${counts.notStarted} not compared`);
process.exit(share >= 0.99 ? 0 : 1);
