import { exitCodes } from './exit-codes.ts'
import { CommandFailure } from './failure.ts'
import type { Terminal } from './terminal.ts'

/** One signal for everything that can be stopped: Ctrl-C and a service manager's TERM. The second time nothing is waited for. */
export function listenForInterruption(terminal: Terminal): AbortSignal {
  const controller = new AbortController()
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted)
    terminal.notice('stopping; nothing will be left half-written (again to stop at once)')
    terminal.notice('正在停止；不会留下半成品（再按一次立即停止）')
    controller.abort(new CommandFailure(exitCodes.interrupted, 'interrupted', '已中断'))
  }
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, interrupt)
  return controller.signal
}
