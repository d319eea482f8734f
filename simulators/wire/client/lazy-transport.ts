import type { Transport } from './transport.ts'

/** A connection opened when it is first needed. Whom nobody can find has heard nothing: no exception, but silence. */
export function lazyTransport(open: () => Transport): Transport {
  let opened: Transport | undefined
  return {
    async send(request) {
      try {
        opened ??= open()
      } catch (error) {
        return { outcome: 'no-reply', sent: 'no', why: error instanceof Error ? error.message : String(error) }
      }
      return opened.send(request)
    },
    close: async () => opened?.close(),
  }
}
