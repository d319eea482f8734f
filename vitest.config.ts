import { defineConfig } from 'vitest/config'
import { prometheusMissing, prometheusProgram } from './tools/prometheus.ts'

const needsPrometheus = '**/*.prometheus.test.ts'
const hasPrometheus = prometheusProgram() !== undefined
if (!hasPrometheus) console.error(prometheusMissing)

/** The everyday tests. The long ones (`*.long.test.ts`) have a configuration of their own. */
export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/*.long.test.ts', 'reports/runs/**', ...(hasPrometheus ? [] : [needsPrometheus])],
    // Whole-city runs share two cores with the compiler; the limit catches a hang, it is no measure of speed.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // The summary is the last word: no advice about speed after it.
    experimental: { diagnostics: { environment: false, import: false, transform: false, isolate: false } },
    coverage: { provider: 'v8', include: ['simulators/**', 'scenarios/**', 'reports/**', 'cli/**'], reporter: ['text-summary', 'html'] },
  },
})
