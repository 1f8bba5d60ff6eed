// One file of what runs: a process that starts in one read instead of two hundred. A darkroom with a photo to itself is started for every
// photo, so what a start costs is paid by every photo. Argument: where the file goes. Beside it goes verify.js: the checker of receipts for
// browsers, with all that it needs in it.
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

const [outfile = 'dist/main.cjs'] = process.argv.slice(2);
const own = new Set(['zod', 'sharp', 'semver', 'detect-libc', '@img/colour']);

await build({
  entryPoints: ['src/main.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  // Node's loader of ES modules costs 50 ms more than that of CommonJS.
  format: 'cjs',
  target: 'node20.19',
  // What is not there need not be read; names stay, for the stacks of faults.
  minifyWhitespace: true,
  minifySyntax: true,
  sourcemap: 'linked',
  define: { 'import.meta.url': 'ownUrl' },
  banner: { js: "const ownUrl = require('node:url').pathToFileURL(__filename).href;" },
  plugins: [
    {
      // Packages stay where npm put them; only what is many small files comes along.
      name: 'packages',
      setup: ({ onResolve }) =>
        onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
          kind === 'entry-point' || own.has(path) ? undefined : { path, external: true },
        ),
    },
    {
      // zod brings its messages in 50 languages; we speak one.
      name: 'languages',
      setup: ({ onLoad }) =>
        onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({ contents: "export { default as en } from './en.js';" })),
    },
  ],
});

await build({
  entryPoints: ['src/verify/browser.ts'],
  outfile: join(dirname(outfile), 'verify.js'),
  bundle: true,
  platform: 'browser',
  format: 'esm',
  target: 'es2022',
  minify: true,
  sourcemap: 'linked',
});
