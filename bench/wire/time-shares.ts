/** Where a process spent its time: by its threads, and of the main one by what its code belongs to. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Of one core, in clock ticks (10 ms); by the names the engine gives its threads. Empty where the system does not tell. */
export function threadTicks(pid: number): ReadonlyMap<string, number> {
  const ticks = new Map<string, number>()
  try {
    for (const task of readdirSync(`/proc/${pid}/task`)) {
      const stat = readFileSync(`/proc/${pid}/task/${task}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const name = threadNames.find(([begin]) => stat.includes(`(${begin}`))?.[1] ?? 'engine'
      ticks.set(name, (ticks.get(name) ?? 0) + Number(fields[11]) + Number(fields[12]))
    }
  } catch {
    // No such place on this system, or the process is gone: nothing is told.
  }
  return ticks
}

const threadNames = [
  ['node-MainThread', 'main'],
  ['WorkerThread', 'ledger'],
] as const

interface Profile {
  /** µs of the monotonic clock. */
  readonly startTime: number
  readonly nodes: readonly { readonly id: number; readonly callFrame: { readonly functionName: string; readonly url: string } }[]
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

/**
 * @param folder where a process left the CPU profiles of its threads; the main one's is read
 * @param fromMicros of the monotonic clock; what came before, starting and warming up, is left out
 * @returns percent of the time it was not idle, most first
 */
export function codeShares(folder: string, pid: number, fromMicros: number, untilMicros: number): readonly (readonly [string, number])[] {
  const file = readdirSync(folder).find((name) => name.includes(`.${pid}.0.`))
  if (file === undefined) return []
  const { startTime, nodes, samples, timeDeltas } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Profile
  const belongs = new Map(nodes.map(({ id, callFrame }) => [id, ownerOf(callFrame)]))
  const micros = new Map<string, number>()
  let [at, busy] = [startTime, 0]
  for (const [index, id] of samples.entries()) {
    const took = timeDeltas[index] ?? 0
    at += took
    const owner = belongs.get(id)
    if (owner === undefined || at < fromMicros || at > untilMicros) continue
    micros.set(owner, (micros.get(owner) ?? 0) + took)
    busy += took
  }
  return [...micros].map(([owner, took]) => [owner, (100 * took) / busy] as const).toSorted(([, one], [, other]) => other - one)
}

/** Native functions have no file; they belong to whom they are called for. Undefined: it waited. */
function ownerOf({ functionName, url }: Profile['nodes'][number]['callFrame']): string | undefined {
  if (functionName === '(idle)') return undefined
  return owners.find(([, pattern]) => pattern.test(`${functionName} ${url}`))?.[0] ?? 'the rest'
}

const owners: readonly (readonly [string, RegExp])[] = [
  ['collecting garbage', /^\(garbage collector\)/],
  ['the engine and the kernel, outside of any function', /^\(program\)/],
  ['handing batches to the ledger’s thread', /^postMessage |\/stores\/|internal\/worker/],
  ['signatures and digests', /\/signing\/|signed-sender|internal\/crypto|node:crypto|^(?:hash|hmac|randomFill)/i],
  ['the client', /\/wire\/client\//],
  ['dialects', /\/dialects\/|\/money\/|\/desks\//],
  ['sagas and postings', /\/sagas\/|\/platform\//],
  [
    'sockets and HTTP',
    /^(?:writeBuffer|writeUtf8String|writeLatin1String|writev|shutdown|readStop|readStart) |node:net|node:_http|internal\/stream|streams\/|node:events|node:internal\/(?:timers|async_hooks|process)/,
  ],
  ['server, routes, schemas', /\/server\/|fastify|find-my-way|ajv|typebox|prom-client|fast-json-stringify|^(?:check_|validate)/],
]
