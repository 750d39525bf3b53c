// SPDX-License-Identifier: Apache-2.0
// Serves OpenAPI documents with understudy-cli, puts Prism's proxy in front of it, and asks it every operation of the document.
// Prism compares each answer with the document; what it finds against a response is printed. Then good and bad requests are
// sent to Prism and to understudy-cli with --check-requests: both must find the same of them wrong.
//
//   node prism.mjs PRISM UNDERSTUDY_CLI FILE|FOLDER… [--verbose]
//
// Not counted: what Prism finds in bodies of XML, which it compares with the schema as a text, and answers to operations
// that document no response. Ends with a line of counts; exit code 1 where a response violates its document, or where a request is judged
// in another way.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { checkedRequestsOf, documentsIn, requestsOf } from './openapi_requests.mjs';
import { ask, start, startAll, stop } from './plumbing.mjs';

const verbose = process.argv.includes('--verbose');
const [prism, understudy, ...places] = process.argv.slice(2).filter((a) => !a.startsWith('--'));
const yaml = createRequire(fs.realpathSync(prism))('js-yaml');
const sampler = createRequire(fs.realpathSync(prism))('@stoplight/json-schema-sampler');

const mostChecks = 250;
const mostInvented = 60;

/// Of a large document every so many, as Prism takes its time.
function someOf(all, most) {
    return all.filter((_, i) => all.length <= most || Math.floor(i * most / all.length) !== Math.floor((i - 1) * most / all.length));
}

/// Under load a connection to Prism is lost now and then.
async function askPrism(port, request) {
    const answer = await ask(port, request);
    return answer.status ? answer : ask(port, request);
}

async function compareVerdict(file, request, proxyPort, port) {
    const [theirs, own] = await Promise.all([askPrism(proxyPort, request), ask(port, request)]);
    let found = [];
    try { found = JSON.parse(theirs.headers['sl-violations'] ?? '[]'); } catch { return; }
    found = found.filter((v) => v.location?.[0] === 'request' && v.severity === 'Error');
    const refused = own.headers['content-type'] === 'application/problem+json' && /"title": "(Invalid request|Unauthorized)"/.test(own.body);
    counts.checks += 1;
    if (refused === found.length > 0) {
        counts.sameVerdict += 1;
    } else if (refused && /type (boolean|number|integer), got \\"/.test(own.body)) {
        counts.coerced += 1; // Prism takes texts in JSON for what they could be
    } else {
        counts.otherVerdict += 1;
        console.log(`${path.basename(file)}: ${request.method} ${request.target} (${request.what}) ${JSON.stringify(request.headers)} ${request.body ?? ''}`.slice(0, 600));
        console.log(refused ? `    refused: ${own.body.replace(/\s+/g, ' ').slice(0, 900)}` : '    let in');
        console.log(`    Prism: ${JSON.stringify(found.slice(0, 2)).slice(0, 400)} -> ${theirs.status}`);
    }
}

/// Whether ours refuses what Prism finds something wrong with, and nothing else.
async function compareVerdicts(file, document, proxyPort) {
    const [{ child: checking, port }] = await startAll((own) =>
        start(understudy, ['serve', file, '--check-requests', '--port', String(own)], /listening/));
    if (!checking) {
        counts.notStarted += 1;
        return;
    }
    const requests = someOf([...checkedRequestsOf(document, sampler)], mostChecks);
    for (let i = 0; i < requests.length; i += 4)
        await Promise.all(requests.slice(i, i + 4).map((request) => compareVerdict(file, request, proxyPort, port)));
    stop(checking);
}

/// The same request, for data that is invented anew.
function invented(request) {
    const code = request.headers.Prefer;
    return { ...request, headers: { ...request.headers, Prefer: code ? `${code}, dynamic=true` : 'dynamic=true' } };
}

const counts = { invented: 0, checks: 0, sameVerdict: 0, coerced: 0, otherVerdict: 0, documents: 0, requests: 0, clean: 0, xml: 0, undocumented: 0, violating: 0, notStarted: 0 };
for (const file of documentsIn(places)) {
    let document;
    try { document = yaml.load(fs.readFileSync(file, 'utf8')); } catch { continue; }
    const requests = [...requestsOf(document)];
    if (!requests.length)
        continue;
    const [{ child: ours, port }] = await startAll((own) => start(understudy, ['serve', file, '--dynamic', '--port', String(own)], /listening/));
    const [{ child: proxy, port: proxyPort }] = ours
        ? await startAll((own) => start(prism, ['proxy', file, `http://127.0.0.1:${port}`, '-p', String(own)], /Prism is listening/))
        : [{}];
    if (!ours || !proxy) {
        console.log(`${file}: not compared (${ours ? 'Prism' : 'understudy-cli'} does not start)`);
        counts.notStarted += 1;
        [ours, proxy].filter(Boolean).forEach(stop);
        continue;
    }
    counts.documents += 1;
    for (const request of [...requests, ...someOf(requests, mostInvented).map(invented)]) {
        const answer = await askPrism(proxyPort, request);
        counts.requests += 1;
        counts.invented += /dynamic/.test(request.headers.Prefer ?? '') ? 1 : 0;
        let found = [];
        try { found = JSON.parse(answer.headers['sl-violations'] ?? '[]').filter((v) => v.location?.[0] === 'response'); } catch { /* too long */ }
        if (!found.length) {
            counts.clean += 1;
        } else if (!request.isDocumented) {
            counts.undocumented += 1;
        } else if (/xml/.test(answer.headers['content-type'] ?? '')) {
            counts.xml += 1;
        } else {
            counts.violating += 1;
            console.log(`${path.basename(file)}: ${request.method} ${request.target} ${JSON.stringify(request.headers)} -> ${answer.status}`);
            found.slice(0, 3).forEach((v) => console.log(`    ${v.location.join('.')}: ${v.message}`));
        }
        if (verbose)
            console.log(`${path.basename(file)}: ${request.method} ${request.target} -> ${answer.status}`);
    }
    await compareVerdicts(file, document, proxyPort);
    [proxy, ours].forEach(stop);
}
console.log(`${counts.checks} requests judged by Prism and by --check-requests: ${counts.sameVerdict} in the same way, ${counts.coerced} with texts for numbers, which Prism converts, ${counts.otherVerdict} otherwise`);
console.log(`${counts.documents} documents with Prism as the judge, ${counts.requests} requests, ${counts.invented} of them for invented data: ${counts.clean} answers as documented, ${counts.violating} not; `
    + `${counts.xml} of XML and ${counts.undocumented} of operations without responses not counted; ${counts.notStarted} not compared`);
process.exit(counts.violating + counts.otherVerdict + counts.notStarted === 0 ? 0 : 1);
