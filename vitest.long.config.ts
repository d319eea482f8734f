import { defineConfig } from 'vitest/config'

/** The long tests: hundreds of seeds, tight intervals, the full generator battery. Run by `npm run test:long`, not before every change. */
export default defineConfig({
  test: {
    include: ['**/*.long.test.ts'],
    exclude: ['**/node_modules/**', 'reports/runs/**'],
    passWithNoTests: true,
    testTimeout: 3_600_000,
    hookTimeout: 600_000,
  },
})
