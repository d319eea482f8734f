import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type KernelBuild, kernelBytes } from '../../tools/build-kernel.ts'
import { NUMBER_COLUMNS, probeNumbers, probeWords, WORD_COLUMNS } from './portable-probe.ts'

const ROWS = 20_000
/** Of the rows below, so that a machine without a C compiler still holds JavaScript to the bits that C gave elsewhere. */
const SHA_256 = 'fded2f83b646a01257b4c23cf50f32ba296f59f804a175364f6a04568a5df480'

test('JavaScript gives the bits that were recorded', () => {
  expect(createHash('sha256').update(javaScriptRows()).digest('hex')).toBe(SHA_256)
})

test.each(['checked', 'release'] as const)('WebAssembly, %s build, gives the same bits as JavaScript', async (build) => {
  expect(firstDifference(await webAssemblyRows(build), javaScriptRows())).toBe('none')
})

test('C gives the same bits as JavaScript', async ({ annotate }) => {
  const rows = cRows()
  if (rows === 'gcc not found') await annotate('gcc not found: the bits are held to the recorded checksum only')
  else expect(firstDifference(rows, javaScriptRows())).toBe('none')
})

function javaScriptRows(): Buffer {
  const numbers = new Float64Array(ROWS * NUMBER_COLUMNS)
  const words = new Int32Array(ROWS * WORD_COLUMNS)
  probeNumbers(numbers, ROWS)
  probeWords(words, ROWS)
  return Buffer.concat([Buffer.from(numbers.buffer), Buffer.from(words.buffer)])
}

type Probe = {
  memory: WebAssembly.Memory
  newNumbers(length: number): number
  newWords(length: number): number
  probeNumbers(into: number, rows: number): void
  probeWords(into: number, rows: number): void
}

async function webAssemblyRows(build: KernelBuild): Promise<Buffer> {
  const module = new WebAssembly.Module(new Uint8Array(await kernelBytes('simulators/engine/portable-probe.ts', build)))
  const abort = (): never => {
    throw new Error('the probe stopped itself')
  }
  const probe = new WebAssembly.Instance(module, { env: { abort } }).exports as Probe
  const numbers = probe.newNumbers(ROWS * NUMBER_COLUMNS)
  const words = probe.newWords(ROWS * WORD_COLUMNS)
  probe.probeNumbers(numbers, ROWS)
  probe.probeWords(words, ROWS)
  const bytes = (at: number, length: number): Buffer => Buffer.from(probe.memory.buffer.slice(at, at + length))
  return Buffer.concat([bytes(numbers, ROWS * NUMBER_COLUMNS * 8), bytes(words, ROWS * WORD_COLUMNS * 4)])
}

function cRows(): Buffer | 'gcc not found' {
  if (spawnSync('gcc', ['--version']).error !== undefined) return 'gcc not found'
  const folder = mkdtempSync(join(tmpdir(), 'portable-probe-'))
  try {
    const program = join(folder, 'probe')
    const built = spawnSync(
      'gcc',
      ['-O2', '-Wall', '-ffp-contract=off', '-o', program, join(import.meta.dirname, 'portable-probe.c'), '-lm'],
      {
        encoding: 'utf8',
      },
    )
    expect(built.stderr).toBe('')
    return spawnSync(program, [String(ROWS)], { maxBuffer: 2 ** 28 }).stdout
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Row and column of the first difference, or "none". */
function firstDifference(a: Buffer, b: Buffer): string {
  if (a.length !== b.length) return `lengths ${a.length} and ${b.length}`
  const numberBytes = ROWS * NUMBER_COLUMNS * 8
  for (let at = 0; at < a.length; at++) {
    if (a[at] === b[at]) continue
    return at < numberBytes
      ? `number, row ${Math.floor(at / 8 / NUMBER_COLUMNS)} column ${Math.floor(at / 8) % NUMBER_COLUMNS}: ${a.readDoubleLE(at & ~7)} and ${b.readDoubleLE(at & ~7)}`
      : `word, row ${Math.floor((at - numberBytes) / 4 / WORD_COLUMNS)} column ${Math.floor((at - numberBytes) / 4) % WORD_COLUMNS}: ${a.readInt32LE(at & ~3)} and ${b.readInt32LE(at & ~3)}`
  }
  return 'none'
}
