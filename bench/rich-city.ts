/**
 * One day of shanghai-weekday before the reform, for the benchmark: one JSON line { visits, joins, cpuSeconds }.
 *
 * joins       lines that patients join and jobs at back ends, counted as city-day v1 counts them
 * cpuSeconds  laying the day out for the kernel (compile-day.ts and the copying) and playing it; drawing the people and the
 *             figures taken from the day are not in it. `--days 3` plays days 0, 1, 2 in one process, a line each.
 */
import { parseArgs } from 'node:util'
import { loadPlan } from '../scenarios/load-plan.ts'
import { cityPlayer } from '../simulators/virtual/city-player.ts'
import { TOTAL_CALL_JOINS, TOTAL_EVENTS, TOTAL_JOINS } from '../simulators/virtual/kernel/sums.ts'
import { kernelBytes } from '../tools/build-kernel.ts'

const { values: options } = parseArgs({
  options: {
    days: { type: 'string', default: '1' },
    build: { type: 'string', default: 'webassembly' },
    arm: { type: 'string', default: '0' },
  },
})
const loaded = loadPlan('shanghai-weekday')
if ('problems' in loaded) throw new Error('shanghai-weekday does not load')
const bytes = options.build === 'webassembly' ? await kernelBytes('simulators/virtual/kernel/kernel.ts', 'release') : null
const player = cityPlayer(loaded.plan, bytes)
for (let replication = 0; replication < Number(options.days); replication++) {
  const day = player.peopleOf(replication)
  const began = cpuSeconds()
  const { kernel, city } = player.prepareArm(Number(options.arm), day, replication)
  const laid = cpuSeconds()
  kernel.run(city.faults.length)
  const ended = cpuSeconds()
  const totals = kernel.sumDouble('totals')
  const joins = (totals[TOTAL_JOINS] as number) + (totals[TOTAL_CALL_JOINS] as number)
  console.log(
    JSON.stringify({
      visits: day.count,
      joins,
      cpuSeconds: ended - began,
      runCpuSeconds: ended - laid,
      events: totals[TOTAL_EVENTS],
      days: hashOf(kernel.visits('visitEnd')),
    }),
  )
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** FNV-1a by words: whether two versions of the kernel gave every visit the same leaving tick. */
function hashOf(words: Int32Array): string {
  let hash = 0x811c9dc5
  for (const word of words) hash = Math.imul(hash ^ word, 16777619)
  return (hash >>> 0).toString(16).padStart(8, '0')
}
