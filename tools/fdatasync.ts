/** What one fdatasync of 4 KB costs on the disk of the books, milliseconds: the floor beneath every durable figure. */
import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

export function fdatasyncMs(folder: string, times = 200): { readonly p50: number; readonly p99: number } {
  const path = join(folder, 'fdatasync.probe')
  const file = openSync(path, 'a')
  const page = Buffer.alloc(4096, 1)
  const costs: number[] = []
  try {
    for (let time = 0; time < times; time++) {
      writeSync(file, page)
      const began = process.hrtime.bigint()
      fdatasyncSync(file)
      costs.push(Number(process.hrtime.bigint() - began) / 1e6)
    }
  } finally {
    closeSync(file)
    rmSync(path)
  }
  const sorted = costs.toSorted((one, other) => one - other)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
  return { p50: at(0.5), p99: at(0.99) }
}
