// SPDX-License-Identifier: Apache-2.0
// Requests for the operations of OpenAPI documents, for the comparison with Prism.
import fs from 'node:fs';
import path from 'node:path';

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];

/// Documents, but not what they refer to.
export const documentsIn = (places) => places.flatMap(function list(p) {
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

/// Every operation, once as it is and once for each of its statuses.
export function* requestsOf(document) {
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


/// What a request brings along for the first security requirement that has only known schemes.
function credentialsOf(document, operation) {
    const wanted = operation.security ?? document.security ?? [];
    const schemes = document.components?.securitySchemes ?? document.securityDefinitions ?? {};
    const out = { headers: {}, query: {} };
    for (const name of Object.keys(wanted[0] ?? {})) {
        const scheme = resolved(document, schemes[name]);
        if (scheme.type === 'apiKey' && scheme.in === 'query')
            out.query[scheme.name] = 'key';
        else if (scheme.type === 'apiKey')
            out.headers[scheme.in === 'cookie' ? 'Cookie' : scheme.name] = scheme.in === 'cookie' ? `${scheme.name}=key` : 'key';
        else
            out.headers.Authorization = scheme.type === 'basic' || scheme.scheme === 'basic' ? 'Basic YTpi' : 'Bearer token';
    }
    return out;
}

/// A body of JSON that fits, or null where the operation takes none, or is not sampled.
function bodyOf(document, operation, sampler) {
    const swagger = (operation.parameters ?? []).map((p) => resolved(document, p)).find((p) => p.in === 'body');
    const content = resolved(document, operation.requestBody).content;
    const schema = swagger ? swagger.schema : content?.['application/json']?.schema;
    if (!schema)
        return null;
    try { return sampler.sample(schema, {}, document); } catch { return null; }
}

/// Requests to every operation: one that should be as described, and others with something missing or wrong.
export function* checkedRequestsOf(document, sampler) {
    const shape = (template) => template.replace(/\{[^}]*\}/g, '{}');
    const shapes = Object.keys(document.paths ?? {}).map(shape);
    for (const [template, item] of Object.entries(document.paths ?? {})) {
        // Which of several paths of one shape is meant, only their author knows.
        if (shapes.filter((s) => s === shape(template)).length > 1)
            continue;
        for (const method of methods.filter((m) => item?.[m])) {
            const operation = item[method];
            const parameters = [...(operation.parameters ?? []), ...(item.parameters ?? [])].map((p) => resolved(document, p));
            const simple = (p) => !['array', 'object'].includes(resolved(document, p.schema ?? p).type) && !p.content;
            const make = (what, { skip, values = {}, body, credentials = true } = {}) => {
                const proof = credentials ? credentialsOf(document, operation) : { headers: {}, query: {} };
                const query = new URLSearchParams(proof.query);
                const headers = { ...proof.headers };
                const value = (p) => values[p.name] ?? parameterValue(document, p);
                for (const p of parameters.filter((one) => one !== skip && (one.required || one.name in values))) {
                    if (p.in === 'query')
                        query.set(p.name, value(p));
                    else if (p.in === 'header')
                        headers[p.name] = value(p);
                }
                const target = template.replace(/\{([^}]+)\}/g, (_, name) =>
                    encodeURIComponent(value(parameters.find((p) => p.in === 'path' && p.name === name) ?? { name })));
                if (body !== undefined)
                    headers['Content-Type'] = 'application/json';
                return { what, method: method.toUpperCase(), target: target + (query.size ? `?${query}` : ''), headers,
                    body: body === undefined ? undefined : JSON.stringify(body) };
            };
            const sample = bodyOf(document, operation, sampler);
            const good = sample === null ? {} : { body: sample };
            const takesBody = operation.requestBody || parameters.some((p) => p.in === 'body' || p.in === 'formData');
            if (takesBody && sample === null)
                continue;
            yield make('as described', good);
            yield make('without credentials', { ...good, credentials: false });
            for (const p of parameters.filter((one) => ['query', 'header', 'path'].includes(one.in) && simple(one))) {
                if (p.in !== 'path' && p.required)
                    yield make(`without ${p.name}`, { ...good, skip: p });
                for (const value of ['@', '-1', '100000', 'true'])
                    yield make(`${p.name} is ${value}`, { ...good, values: { [p.name]: value } });
            }
            if (sample !== null) {
                yield make('without a body');
                for (const body of [{}, [], 1, 'text', { ...sample, id: '@', name: 1, status: 'other' }])
                    yield make('another body', { body });
                for (const name of Object.keys(Object(sample)))
                    yield make(`without ${name} in the body`, { body: { ...sample, [name]: undefined } });
            }
        }
    }
}
