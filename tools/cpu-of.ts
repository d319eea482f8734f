import { readFileSync } from 'node:fs'

/** Linux counts in hundredths, whatever its own tick is. */
const ticksPerSecond = 100

/** Processor seconds a process has used, its threads together; undefined where the system does not tell. */
export function cpuSecondsOf(pid: number): number | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The program's name stands in parentheses and may hold blanks.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
  } catch {
    return undefined
  }
}
