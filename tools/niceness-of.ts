/** How far a process stands behind others for the processor, as the system's scheduler has it. */
import { getPriority } from 'node:os'

/** @returns −20 (first) to 19 (last); null where the process has ended or the system does not tell */
export function nicenessOf(pid: number): number | null {
  try {
    return getPriority(pid)
  } catch {
    return null
  }
}
