import { defineConfig } from 'vitest/config'

/** The long tests: hundreds of seeds, tight intervals, the full generator battery. Run by `npm run test:long`, not before every change. */
export default defineConfig({
  test: {
    include: ['**/*.long.test.ts'],
    exclude: ['**/node_modules/**', 'reports/runs/**'],
    passWithNoTests: true,
    // The summary is the last word: no advice about speed after it.
    experimental: { diagnostics: { environment: false, import: false, transform: false, isolate: false } },
    testTimeout: 3_600_000,
    hookTimeout: 600_000,
  },
})
