import { defineConfig } from 'vitest/config';
import { everything, onEveryShadow, slow, slowOnEachMajor } from './__tests__/slow.ts';

// A suite that is named on the command line is run whole, and all of them are by `npm run test:full`.
const all = everything || process.argv.some((word) => word.includes('__tests__'));

export default defineConfig({
  test: {
    include: ['__tests__/**/*.test.ts'],
    exclude: [
      '**/node_modules/**',
      '__tests__/real-tools/**',
      ...(all ? [] : [...slow, ...slowOnEachMajor, ...onEveryShadow]),
    ],
    env: { MIGRATION_GATE_TEST_ALL: all ? 'true' : '' },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Two servers at a time are what a two-core machine carries.
    maxWorkers: 2,
  },
});
