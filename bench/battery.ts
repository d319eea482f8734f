/**
 * The long statistical battery: the kernel's random words, in the orders a run meets them, through Robert G. Brown's dieharder.
 *
 *   node bench/battery.ts                      every test of dieharder for which --minutes (15) last; a Markdown table to standard output
 *   node bench/battery.ts --minutes 240        the whole list, which needs hours
 *   node bench/battery.ts --order visits       one order; without it all four are interleaved word by word
 *   node bench/battery.ts words | dieharder -a -g 200        the raw words, for any other battery
 */
import { spawn, spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { type DrawOrder, drawOrders, fillInterleaved, fillWithOrder } from '../simulators/engine/draw-orders.ts'
import { drawWord, streamKeys } from '../simulators/engine/random.ts'

// dieharder's own test numbers with the tuple lengths that its `-a` uses, cheapest first, so that a short budget covers the most kinds.
// Left out are those that its list (`dieharder -l`) calls suspect or not to be used: 5 OPSO, 6 OQSO, 7 DNA, 14 sums; and 17, which `-a` leaves out.
// 201 without a tuple length measures distances in no dimension and fails for every generator.
const upTo = (first: number, last: number): number[] => Array.from({ length: last - first + 1 }, (_, i) => first + i)
const tests: readonly (readonly [test: number, ntuple: number])[] = [
  ...[0, 1, 2, 4, 8, 9, 10, 11, 12, 13, 15, 16, 3, 100, 101, 102, 206, 205, 208].map((test) => [test, 0] as const),
  ...upTo(2, 5).map((ntuple) => [202, ntuple] as const),
  ...upTo(1, 12).map((ntuple) => [200, ntuple] as const),
  ...[204, 207, 209].map((test) => [test, 0] as const),
  ...[0, 1, 2, 3, 4, 7, 8, 15, 16, 24].map((ntuple) => [203, ntuple] as const),
  ...upTo(2, 5).map((ntuple) => [201, ntuple] as const),
  ...upTo(0, 32)
    .filter((ntuple) => ![0, 1, 2, 3, 4, 7, 8, 15, 16, 24].includes(ntuple))
    .map((ntuple) => [203, ntuple] as const),
]

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { minutes: { type: 'string', default: '15' }, order: { type: 'string' }, place: { type: 'string', default: '0' } },
})
const order = drawOrders.find((name) => name === values.order)
if (values.order !== undefined && order === undefined) fail(`unknown order "${values.order}"; there are ${drawOrders.join(', ')}`)

if (positionals[0] === 'words') await writeWords(order, Number(values.place))
else await runBattery(order, Number(values.minutes))

/** Raw 32-bit words to standard output until the reader has enough. Each test starts at a place of its own, 2^28 words after the one before. */
async function writeWords(which: DrawOrder | undefined, place: number): Promise<void> {
  const words = new Int32Array(1 << 18)
  process.stdout.on('error', () => process.exit(0))
  for (let start = place * 2 ** 28; ; start += words.length) {
    if (which === undefined) fillInterleaved(start, words, drawWord, streamKeys)
    else fillWithOrder(which, start, words, drawWord, streamKeys)
    const chunk = Buffer.from(words.buffer.slice(0))
    if (!process.stdout.write(chunk)) await new Promise((resolve) => process.stdout.once('drain', resolve))
  }
}

async function runBattery(which: DrawOrder | undefined, minutes: number): Promise<void> {
  const found = spawnSync('dieharder', ['-l'], { encoding: 'utf8' })
  if (found.error !== undefined)
    fail('dieharder is not installed, so the long battery cannot run. On Debian and Ubuntu: apt-get install dieharder')
  const version = /dieharder version (\S+)/.exec(found.stdout)?.[1] ?? 'unknown'
  console.log(`dieharder ${version} · words ${which ?? 'of all four orders, interleaved'} · at most ${minutes} minutes\n`)
  console.log('| test | ntuple | samples | p-samples | p-value | dieharder says |\n|---|---|---|---|---|---|')
  const deadline = performance.now() + minutes * 60_000
  const count = { PASSED: 0, WEAK: 0, FAILED: 0 }
  const unfinished: string[] = []
  for (const [place, [test, ntuple]] of tests.entries()) {
    const left = deadline - performance.now()
    const lines = left > 1000 ? await runTest(which, test, ntuple, place, left) : []
    if (lines.length === 0) unfinished.push(`${test}/${ntuple}`)
    for (const [name, length, samples, pSamples, pValue, says] of lines) {
      console.log(`| ${name} | ${length} | ${samples} | ${pSamples} | ${pValue} | ${says} |`)
      if (says === 'PASSED' || says === 'WEAK' || says === 'FAILED') count[says]++
    }
  }
  console.log(`\n${count.PASSED} passed, ${count.WEAK} weak, ${count.FAILED} failed.`)
  if (unfinished.length > 0) console.log(`Not finished in the time given: dieharder's tests (number/tuple) ${unfinished.join(', ')}.`)
  if (count.FAILED > 0 || count.PASSED === 0) process.exitCode = 1
}

/** The result lines of one test, or none if time ran out. */
function runTest(which: DrawOrder | undefined, test: number, ntuple: number, place: number, milliseconds: number): Promise<string[][]> {
  return new Promise((resolve) => {
    const source = spawn(
      process.execPath,
      [import.meta.filename, 'words', '--place', String(place), ...(which === undefined ? [] : ['--order', which])],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    const battery = spawn('dieharder', ['-g', '200', '-d', String(test), ...(ntuple > 0 ? ['-n', String(ntuple)] : []), '-c', ','], {
      stdio: [source.stdout, 'pipe', 'inherit'],
    })
    // The battery holds the pipe itself; this end must let go, or the source never learns that its reader has left.
    source.stdout.destroy()
    let text = ''
    battery.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
    const timer = setTimeout(() => battery.kill(), milliseconds)
    battery.on('close', (code) => {
      clearTimeout(timer)
      source.kill()
      resolve(
        code === 0
          ? text
              .split('\n')
              .map((line) => line.split(',').map((cell) => cell.trim()))
              .filter(isResult)
          : [],
      )
    })
  })
}

function isResult(cells: string[]): boolean {
  return cells.length >= 6 && /^(PASSED|WEAK|FAILED)$/.test(cells[5] ?? '')
}

function fail(message: string): never {
  console.error(message)
  process.exit(2)
}
