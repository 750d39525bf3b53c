// SPDX-License-Identifier: Apache-2.0
// What scripts find, made of what the program hands in: `host` asks the server and the request that is being answered
// (core/script/script_bridge.h). Run once for each engine. ECMAScript 2016: what QJSEngine of Qt 6.4 reads.
(function (host, global) {
    "use strict";

    global.globalThis = global;

    // What later editions added and most scripts use.
    function add(object, name, value) {
        if (!(name in object))
            Object.defineProperty(object, name, { value: value, writable: true, configurable: true });
    }
    function flatten(list, depth) {
        return list.reduce((all, item) => {
            if (depth > 0 && Array.isArray(item))
                return all.concat(flatten(item, depth - 1));
            all.push(item);
            return all;
        }, []);
    }
    function at(index) {
        const place = Math.trunc(index) || 0;
        return this[place < 0 ? place + this.length : place];
    }
    add(Object, "fromEntries", entries => {
        const out = {};
        for (const entry of entries)
            out[entry[0]] = entry[1];
        return out;
    });
    add(Object, "hasOwn", (object, name) => Object.prototype.hasOwnProperty.call(object, name));
    add(Array.prototype, "flat", function (depth) { return flatten(this, depth === undefined ? 1 : depth); });
    add(Array.prototype, "flatMap", function (change, self) { return flatten(this.map(change, self), 1); });
    add(Array.prototype, "at", at);
    add(Array.prototype, "findLast", function (test, self) {
        for (let i = this.length - 1; i >= 0; --i) {
            if (test.call(self, this[i], i, this))
                return this[i];
        }
        return undefined;
    });
    add(String.prototype, "at", at);
    add(String.prototype, "trimStart", function () { return this.replace(/^\s+/, ""); });
    add(String.prototype, "trimEnd", function () { return this.replace(/\s+$/, ""); });
    add(String.prototype, "replaceAll", function (search, by) {
        return this.replace(search instanceof RegExp
            ? search : new RegExp(String(search).replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "g"), by);
    });
    add(String.prototype, "matchAll", function (pattern) {
        const found = [];
        this.replace(pattern, function () {
            const groups = Array.prototype.slice.call(arguments);
            const input = groups.pop();
            groups.index = groups.pop();
            groups.input = input;
            found.push(groups);
        });
        return found;
    });
    add(global, "structuredClone", value => JSON.parse(JSON.stringify(value)));

    // One step of the engine cannot be stopped, so none may be without a bound: in what it makes, in what it reads, or, for
    // patterns, in how deep it goes.
    const kMost = 64 * 1024 * 1024;
    const kMostItems = 16 * 1024 * 1024;
    const kLongestPattern = 10000;
    function bounded(object, name, most, size) {
        const real = object[name];
        object[name] = function () {
            if (size.apply(this, arguments) > most)
                throw new RangeError(`${name}: more than ${most} at once`);
            return real.apply(this, arguments);
        };
    }
    bounded(String.prototype, "repeat", kMost, function (count) { return this.length * count; });
    bounded(String.prototype, "padStart", kMost, count => count);
    bounded(String.prototype, "padEnd", kMost, count => count);
    bounded(String.prototype, "split", kMostItems, function () { return this.length; });
    bounded(Array.prototype, "fill", kMostItems, function () { return this.length; });
    bounded(Array.prototype, "join", kMostItems, function () { return this.length; });
    bounded(JSON, "parse", kMost / 2, text => String(text).length);
    // Stands in front of a constructor; what it makes is of the same kind as before.
    function inFrontOf(Real, make) {
        Object.setPrototypeOf(make, Object.getPrototypeOf(Real));
        make.prototype = Real.prototype;
        Real.prototype.constructor = make;
        for (const name of Object.getOwnPropertyNames(Real)) {
            if (!(name in make))
                make[name] = Real[name];
        }
        return make;
    }
    const RealBuffer = ArrayBuffer;
    global.ArrayBuffer = inFrontOf(RealBuffer, function ArrayBuffer(size) {
        if (size > kMost)
            throw new RangeError(`a buffer has at most ${kMost} bytes`);
        return new RealBuffer(size);
    });
    for (const name of ["Array", "Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array", "Uint16Array",
                        "Int32Array", "Uint32Array", "Float32Array", "Float64Array"]) {
        const Real = global[name];
        global[name] = inFrontOf(Real, function (...words) {
            if (words.length === 1 && words[0] > kMostItems)
                throw new RangeError(`a list has at most ${kMostItems} items`);
            return new Real(...words);
        });
    }
    const RealPattern = RegExp;
    global.RegExp = inFrontOf(RealPattern, function RegExp(source, flags) {
        if (String(source).length > kLongestPattern)
            throw new RangeError(`a pattern has at most ${kLongestPattern} characters`);
        return flags === undefined ? new RealPattern(source) : new RealPattern(source, flags);
    });

    // Chance is the server's, and so is the time.
    Math.random = () => host.random();
    const RealDate = Date;
    global.Date = inFrontOf(RealDate, function Date(...words) {
        if (!new.target)
            return new RealDate(host.now()).toString();
        return words.length === 0 ? new RealDate(host.now()) : new RealDate(...words);
    });
    global.Date.now = () => host.now();

    add(global, "btoa", text => {
        if (/[^\0-\xff]/.test(text))
            throw new RangeError("btoa takes characters up to U+00FF");
        return host.btoa(String(text));
    });
    add(global, "atob", text => host.atob(String(text)));
    add(global, "TextEncoder", class TextEncoder {
        encode(text) {
            const bytes = unescape(encodeURIComponent(String(text)));
            return Uint8Array.from(bytes, one => one.charCodeAt(0));
        }
    });

    const isList = Array.isArray;

    function shown(value) {
        if (typeof value === "string")
            return value;
        if (value instanceof Error)
            return String(value);
        const text = JSON.stringify(value);
        return text === undefined ? String(value) : text;
    }
    const log = function () { host.log(Array.prototype.map.call(arguments, shown).join(" ")); };
    global.console = { log: log, info: log, warn: log, error: log, debug: log };

    function deeplyFrozen(value) {
        if (value !== null && typeof value === "object" && !Object.isFrozen(value)) {
            Object.freeze(value);
            for (const name of Object.keys(value))
                deeplyFrozen(value[name]);
        }
    }

    // The real @faker-js/faker, whose bundle is read when it is first asked for.
    const fakers = {};
    function fakerOf(locale) {
        if (fakers[locale])
            return fakers[locale];
        const bundle = host.faker();
        const known = bundle.locales;
        if (!(locale in known) && !host.readLocale(locale))
            throw new Error(`faker has no locale "${locale}"`);
        const faker = new bundle.Faker({
            locale: known[locale].concat(bundle.common),
            randomizer: { next: () => host.random(), seed() { } }
        });
        faker.setDefaultRefDate(() => new RealDate(host.now()));
        // It goes on to the next request, and has to be the same there.
        // (The outermost object has proxies in front of its members, which cannot be, if it is frozen itself.)
        const words = faker.rawDefinitions;
        for (const name of Object.keys(words)) {
            deeplyFrozen(words[name]);
            Object.defineProperty(words, name, { writable: false });
        }
        return fakers[locale] = Object.freeze(faker);
    }

    function parsed(text) { return text === undefined || text === null ? undefined : JSON.parse(text); }
    function written(value, what) {
        const text = JSON.stringify(value);
        if (text === undefined)
            throw new TypeError(`${what} has to be JSON, not ${typeof value}`);
        return text;
    }

    function lazily(object, name, make) {
        Object.defineProperty(object, name, {
            configurable: true, enumerable: true,
            get() {
                const value = make();
                Object.defineProperty(object, name, { value: value, writable: true, enumerable: true });
                return value;
            }
        });
    }

    function requestOf() {
        const request = JSON.parse(host.request());
        lazily(request, "bytes", () => host.requestBytes());
        lazily(request, "json", () => {
            if (request.body === null)
                return undefined;
            try {
                return JSON.parse(request.body);
            } catch (broken) {
                if (broken instanceof RangeError)
                    throw broken;
                return undefined;
            }
        });
        return request;
    }

    const mock = {
        scenario(name) { return host.scenario(String(name)); },
        setScenario(name, state) { host.setScenario(String(name), String(state)); },
        variable(name) { return parsed(host.variable(String(name))); },
        setVariable(name, value) { host.setVariable(String(name), written(value, "a variable")); },
        bucket(name) {
            const text = host.bucket(String(name));
            if (text === undefined)
                throw new Error(`there is no bucket "${name}"`);
            return JSON.parse(text);
        },
        setBucket(name, value) {
            if (!host.setBucket(String(name), written(value, "a bucket")))
                throw new Error(`there is no bucket "${name}"`);
        },
        // As one step: where another request was faster, it begins again with what that one left.
        changeBucket(name, change) {
            for (;;) {
                const before = host.bucket(String(name));
                if (before === undefined)
                    throw new Error(`there is no bucket "${name}"`);
                const value = JSON.parse(before);
                const made = change(value);
                const after = made === undefined ? value : made;
                if (host.swapBucket(String(name), before, written(after, "a bucket")))
                    return after;
            }
        },
        random() { return host.random(); }
    };
    Object.defineProperty(mock, "now", { enumerable: true, get: () => new RealDate(host.now()) });
    Object.defineProperty(mock, "faker", { enumerable: true, get: () => fakerOf(host.locale()) });
    Object.freeze(mock);

    // Runs a file as a module of its own: what it keeps in its variables ends with the request.
    function exported(file) {
        const module = { exports: {} };
        file.call(undefined, module, module.exports);
        return module.exports;
    }

    function bodyOf(body, answer) {
        if (body === undefined || body === null)
            return;
        if (typeof body === "string") {
            answer.text = body;
            answer.type = "text/plain; charset=utf-8";
        } else if (body instanceof RealBuffer || RealBuffer.isView(body)) {
            answer.bytes = body instanceof RealBuffer
                ? body : body.buffer.slice(body.byteOffset, body.byteOffset + body.byteLength);
            answer.type = "application/octet-stream";
        } else {
            answer.text = written(body, "a body that is no text");
            answer.type = "application/json";
        }
    }

    function headersOf(headers) {
        if (headers !== undefined && headers !== null && (typeof headers !== "object" || isList(headers)))
            throw new TypeError("headers are an object of names and values");
        const out = [];
        for (const name of Object.keys(headers || {})) {
            for (const value of [].concat(headers[name])) {
                if (value !== undefined && value !== null)
                    out.push([name, String(value)]);
            }
        }
        return out;
    }

    const kParts = ["status", "headers", "body", "delay"];

    // Nothing that a script does to what all of them find may last. Object and errors keep prototypes that can be written:
    // an object could have no member "constructor" otherwise, and no error a name of its own.
    const kOpen = /^(Object|.*Error)$/;
    for (const name of Object.getOwnPropertyNames(global)) {
        const value = global[name];
        if (name === "globalThis" || value === null || (typeof value !== "object" && typeof value !== "function"))
            continue;
        Object.defineProperty(global, name, { value: value, writable: false, configurable: false });
        Object.freeze(value);
        if (value.prototype && !kOpen.test(name))
            Object.freeze(value.prototype);
    }
    const kGlobals = Object.getOwnPropertyNames(global);
    const kOfObjects = Object.getOwnPropertyNames(Object.prototype);
    function forget(object, known) {
        for (const name of Object.getOwnPropertyNames(object)) {
            if (known.indexOf(name) < 0)
                delete object[name];
        }
    }

    // Anything can be thrown; an Error has a place and a text.
    function guarded(functions) {
        const out = {};
        for (const name of Object.keys(functions)) {
            out[name] = function () {
                try {
                    return functions[name].apply(undefined, arguments);
                } catch (thrown) {
                    throw thrown instanceof Error ? thrown : new Error(`it threw ${shown(thrown)}`);
                } finally {
                    forget(global, kGlobals);
                    forget(Object.prototype, kOfObjects);
                }
            };
        }
        return out;
    }

    return guarded({
        answer(file) {
            const respond = exported(file);
            if (typeof respond !== "function")
                throw new TypeError("the script exports no function: module.exports = function (request, mock) "
                                    + "{ return { status, headers, body }; }");
            const result = respond(requestOf(), mock);
            if (typeof result === "string") {
                const answer = { headers: [] };
                bodyOf(result, answer);
                return answer;
            }
            if (result instanceof Error)
                throw result;
            if (result === null || typeof result !== "object")
                throw new TypeError(`the script returned ${result === null ? "null" : typeof result}; it has to `
                                    + "return { status, headers, body } or a text");
            if (typeof result.then === "function")
                throw new TypeError("the script returned a promise; it has to return its answer");
            const other = Object.keys(result).find(name => kParts.indexOf(name) < 0);
            if (other !== undefined)
                throw new TypeError(`the script returned an object with "${other}"; it has status, headers, body and delay`);
            const answer = { headers: headersOf(result.headers) };
            if (result.status !== undefined) {
                if (!Number.isInteger(result.status) || result.status < 100 || result.status > 999)
                    throw new RangeError(`${shown(result.status)} is no status: it is a whole number from 100 to 999`);
                answer.status = result.status;
            }
            if (typeof result.delay === "number" && result.delay >= 0)
                answer.delay = `${result.delay}ms`;
            else if (typeof result.delay === "string")
                answer.delay = result.delay;
            else if (result.delay !== undefined && result.delay !== null)
                throw new TypeError(`${shown(result.delay)} is no delay: write 200, or "200ms"`);
            bodyOf(result.body, answer);
            return answer;
        },
        functions(file) {
            const all = exported(file);
            return Object.keys(all).filter(name => typeof all[name] === "function").join("\n");
        },
        call(file, name, words, options, block, inverse) {
            const own = exported(file)[name];
            if (typeof own !== "function")
                throw new TypeError(`the file of helpers exports no function "${name}"`);
            const last = { hash: JSON.parse(options) };
            if (block !== undefined) {
                last.fn = () => block;
                last.inverse = () => inverse;
            }
            const value = own.apply(host.hasRequest() ? { request: requestOf(), mock: mock } : { mock: mock },
                                    JSON.parse(words).concat([last]));
            return value === undefined ? undefined : JSON.stringify(value);
        },
        fake(method, words, locale) {
            const way = method.split(".");
            const faker = fakerOf(locale);
            const group = way.length === 2 && /^[a-z]+$/.test(way[0]) ? faker[way[0]] : undefined;
            const make = group && /^[a-z]\w*$/i.test(way[1]) ? group[way[1]] : undefined;
            if (typeof make !== "function" || way[1] === "constructor")
                throw new TypeError(`${method} is not a valid Faker method (valid: "location.zipCode", "date.past", etc)`);
            const value = make.apply(group, JSON.parse(words));
            if (value instanceof RealDate)
                return { date: value.getTime() };
            return { json: value === undefined ? undefined : JSON.stringify(value) };
        }
    });
})
