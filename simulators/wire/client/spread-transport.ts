import type { Transport } from './transport.ts'

/**
 * One party in several processes: each request goes to the next of them. Where nothing was sent, because the process is gone, it goes to
 * the one after it; what may have been heard is not sent again.
 */
export function spreadTransport(processes: readonly Transport[]): Transport {
  const [only] = processes
  if (only !== undefined && processes.length === 1) return only
  let turn = 0
  return {
    async send(request) {
      turn = (turn + 1) % processes.length
      const begin = turn
      for (let step = 0; ; step++) {
        const heard = await (processes[(begin + step) % processes.length] as Transport).send(request)
        if (heard.outcome === 'answered' || heard.sent !== 'no' || step === processes.length - 1) return heard
      }
    },
    close: async () => {
      await Promise.all(processes.map((process) => process.close()))
    },
  }
}
