import { defineConfig } from 'vitest/config'
import { prometheusMissing, prometheusProgram } from './tools/prometheus.ts'
import { findK6, k6Missing } from './tools/resolve-k6.ts'

const needsPrometheus = '**/*.prometheus.test.ts'
const hasPrometheus = prometheusProgram() !== undefined
if (!hasPrometheus) console.error(prometheusMissing)

/** What only the real generator can show. */
const needsK6 = '**/*.k6.test.ts'
const k6 = findK6()
if (k6.is === 'missing') console.error(k6Missing(k6.tried))
const notRun = [...(hasPrometheus ? [] : [needsPrometheus]), ...(k6.is === 'found' ? [] : [needsK6])]

/** Commands and processes as their users meet them. */
const endToEnd = ['**/*.e2e.test.ts', needsK6, needsPrometheus]
/** Their tests leave a process as they found it. */
const rooms = '{simulators,scenarios,reports,load,cli}/**'

/** The everyday tests. The long ones (`*.long.test.ts`) have a configuration of their own. */
export default defineConfig({
  test: {
    exclude: ['**/node_modules/**', '**/*.long.test.ts', 'reports/runs/**', ...notRun],
    // Begun in the order of their names, so that the longest are not the last.
    projects: [
      { extends: true, test: { name: 'end-to-end', include: endToEnd } },
      { extends: true, test: { name: 'own-process', include: ['**/*.test.ts'], exclude: [...endToEnd, rooms] } },
      {
        extends: true,
        test: {
          name: 'rooms',
          include: [`${rooms}/*.test.ts`],
          exclude: endToEnd,
          // What they import is loaded, and its hot places are compiled, once a worker and not once a file: half of what they cost.
          isolate: false,
          // By Node itself, as a run loads it: Vite's form of an import is looked up at each use, which makes what computes half as fast.
          experimental: { viteModuleRunner: false, nodeLoader: false },
        },
      },
    ],
    // Half of the tests wait for processes and disks; with the runner's own choice on two cores, one file at a time, a core stands idle.
    maxWorkers: 2,
    // Whole-city runs share two cores with the compiler; the limit catches a hang, it is no measure of speed.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // The summary is the last word: no advice about speed after it.
    experimental: { diagnostics: { environment: false, import: false, transform: false, isolate: false } },
    coverage: { provider: 'v8', include: ['simulators/**', 'scenarios/**', 'reports/**', 'cli/**'], reporter: ['text-summary', 'html'] },
  },
})
