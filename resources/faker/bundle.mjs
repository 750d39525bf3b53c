// SPDX-License-Identifier: Apache-2.0
// Bundles @faker-js/faker for the program's own JavaScript: OUT/faker.js, the library with its English words, and
// OUT/LOCALE.json, the words of each other language and of those it falls back to. Run by installer/faker-bundle:
//   node bundle.mjs OUT
import { build } from 'esbuild';
import { allLocales } from '@faker-js/faker';
import { deepStrictEqual } from 'node:assert';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const out = process.argv[2];

await build({
    stdin: {
        contents: `
            import { Faker, base, en } from '@faker-js/faker';
            globalThis.understudyFaker = { Faker, common: [en, base], locales: { en: [] } };`,
        resolveDir: process.cwd(),
    },
    outfile: join(out, 'faker.js'),
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2016', // what QJSEngine of Qt 6.4 reads
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'error',
});

// "de_AT" falls back to "de", and everything to the English of faker.js.
function chainOf(locale) {
    const parts = locale.split('_');
    return parts.map((_, i) => parts.slice(0, parts.length - i).join('_'))
        .filter(name => name in allLocales && name !== 'en');
}

const others = Object.keys(allLocales).filter(name => name !== 'base' && name !== 'en');
for (const name of others) {
    const words = chainOf(name).map(part => allLocales[part]);
    const text = JSON.stringify(words);
    deepStrictEqual(JSON.parse(text), structuredClone(words)); // words are data and nothing else
    writeFileSync(join(out, `${name}.json`), text);
}
console.log(`faker and ${others.length} locales`);
