import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['__tests__/**/*.test.ts'],
    exclude: ['**/node_modules/**', '__tests__/real-tools/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Two servers at a time are what a two-core machine carries.
    maxWorkers: 2,
  },
});
