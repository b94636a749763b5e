import { defineConfig } from 'vitest/config';

// `npm run test:tools`: the gate beside the real migration tools, which are installed for it.
export default defineConfig({
  test: {
    include: ['__tests__/real-tools/**/*.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
  },
});
