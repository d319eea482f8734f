import { kernelBytes } from '../tools/build-kernel.ts'
import type { Terminal } from './terminal.ts'

export const kernelEntry = 'simulators/virtual/kernel/kernel.ts'

/** The compiled kernel; where it cannot be compiled, the same source runs as plain TypeScript: same result, slower. */
export async function kernelOrNotice(terminal: Terminal): Promise<{ readonly bytes: Uint8Array | null }> {
  try {
    return { bytes: await kernelBytes(kernelEntry, 'release') }
  } catch (error) {
    terminal.notice(
      `no WebAssembly kernel (${firstLine(error)}): running as plain TypeScript, same result, slower · 未能编译内核，改用 TypeScript 运行，结果相同但较慢`,
    )
    return { bytes: null }
  }
}

const firstLine = (error: unknown): string => (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
