import { fitCells } from './cells.ts'

/**
 * Where a command speaks. Results go to standard output, everything about the course of the work to standard error,
 * so that a pipe receives results only. Made once in medpay.ts and handed to every command.
 */
export interface Terminal {
  /** A line of the result. */
  readonly line: (text: string) => void
  /** A line about the work: a notice, a mistake. */
  readonly notice: (text: string) => void
  /** Replaces the one rewritable line of standard error, an empty text clears it; absent when nobody watches. */
  readonly status?: (text: string) => void
  /** Columns to fill. */
  readonly width: number
  readonly env: Readonly<Record<string, string | undefined>>
}

const widthWithoutTerminal = 100

/** The terminal of this process. A reader who leaves early (`medpay … | head`) ends the talk, not the work. */
export function processTerminal(onOutputError: (error: Error) => void): Terminal {
  const { stdout, stderr, env } = process
  let isReading = true
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    isReading = false
    if (error.code !== 'EPIPE') onOutputError(error)
  })
  stderr.on('error', () => {})
  let statusShown = false
  const clear = (): void => {
    if (statusShown) stderr.write('\r\u001b[K')
    statusShown = false
  }
  const watches = stderr.isTTY === true && env['CI'] === undefined && env['TERM'] !== 'dumb'
  return {
    line(text) {
      clear()
      if (isReading) stdout.write(`${text}\n`)
    },
    notice(text) {
      clear()
      stderr.write(`${text}\n`)
    },
    ...(watches && {
      status(text: string) {
        clear()
        if (text === '') return
        // A line that wraps could not be rewritten.
        stderr.write(fitCells(text, (stderr.columns || widthWithoutTerminal) - 1))
        statusShown = true
      },
    }),
    width: stdout.columns || widthWithoutTerminal,
    env,
  }
}
