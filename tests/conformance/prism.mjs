// SPDX-License-Identifier: Apache-2.0
// Serves OpenAPI documents with understudy-cli, puts Prism's proxy in front of it, and asks it every operation of the document.
// Prism compares each answer with the document; what it finds against a response is printed.
//
//   node prism.mjs PRISM UNDERSTUDY_CLI FILE|FOLDER… [--verbose]
//
// Not counted: what Prism finds in bodies of XML, which it compares with the schema as a text, and answers to operations
// that document no response. Ends with a line of counts; exit code 1 where a response violates its document.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { ask, start, startAll, stop } from './plumbing.mjs';

const verbose = process.argv.includes('--verbose');
const [prism, understudy, ...places] = process.argv.slice(2).filter((a) => !a.startsWith('--'));
const yaml = createRequire(fs.realpathSync(prism))('js-yaml');
const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];

/// Documents, but not what they refer to.
const files = places.flatMap(function list(p) {
    if (fs.statSync(p).isDirectory())
        return fs.readdirSync(p).sort().flatMap((f) => list(path.join(p, f)));
    return /\.(json|ya?ml)$/.test(p) && /["']?(openapi|swagger)["']?\s*:/.test(fs.readFileSync(p, 'utf8').slice(0, 100000)) ? [p] : [];
});

/// A local reference; others are left alone.
function resolved(document, value) {
    for (let i = 0; i < 20 && value?.$ref?.startsWith('#/'); ++i)
        value = value.$ref.slice(2).split('/').reduce((at, step) => at?.[decodeURIComponent(step).replace(/~1/g, '/').replace(/~0/g, '~')], document);
    return value ?? {};
}

function parameterValue(document, parameter) {
    const schema = resolved(document, parameter.schema ?? parameter);
    const given = parameter.example ?? schema.example ?? schema.default ?? schema.enum?.[0];
    if (given !== undefined && typeof given !== 'object')
        return String(given);
    if (schema.format === 'uuid')
        return '7d444840-9dc0-11d1-b245-5ffdce74fad2';
    if (schema.format === 'date')
        return '2026-01-02';
    return '1';
}

function* requestsOf(document) {
    for (const [template, item] of Object.entries(document.paths ?? {})) {
        for (const method of methods.filter((m) => item?.[m])) {
            const operation = item[method];
            const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((p) => resolved(document, p));
            const target = template.replace(/\{([^}]+)\}/g, (_, name) =>
                encodeURIComponent(parameterValue(document, parameters.find((p) => p.in === 'path' && p.name === name) ?? {})));
            const statuses = Object.keys(operation.responses ?? {});
            const codes = statuses.filter((s) => /^\d{3}$/.test(s)).slice(0, 8);
            for (const code of [undefined, ...codes])
                yield { method: method.toUpperCase(), target, isDocumented: statuses.length > 0,
                    headers: code ? { Prefer: `code=${code}` } : {} };
        }
    }
}

const counts = { documents: 0, requests: 0, clean: 0, xml: 0, undocumented: 0, violating: 0, notStarted: 0 };
for (const file of files) {
    let document;
    try { document = yaml.load(fs.readFileSync(file, 'utf8')); } catch { continue; }
    const requests = [...requestsOf(document)];
    if (!requests.length)
        continue;
    const [{ child: ours, port }] = await startAll((own) => start(understudy, ['serve', file, '--port', String(own)], /listening/));
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
    for (const request of requests) {
        const answer = await ask(proxyPort, request);
        counts.requests += 1;
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
    [proxy, ours].forEach(stop);
}
console.log(`${counts.documents} documents with Prism as the judge, ${counts.requests} requests: ${counts.clean} answers as documented, ${counts.violating} not; `
    + `${counts.xml} of XML and ${counts.undocumented} of operations without responses not counted; ${counts.notStarted} not compared`);
process.exit(counts.violating === 0 && counts.notStarted === 0 ? 0 : 1);
