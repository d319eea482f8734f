import { expect, test } from 'vitest'
import type { NoReply } from '../desks/port.ts'
import { spreadTransport } from './spread-transport.ts'
import type { Transport, WireAnswer } from './transport.ts'

const request = { method: 'POST', path: '/', headers: {} } as const
const answer: WireAnswer = { outcome: 'answered', status: 200, headers: {}, body: Buffer.from('') }
const silence = (sent: NoReply['sent']): NoReply => ({ outcome: 'no-reply', sent, why: 'a test' })

function party(says: WireAnswer | NoReply): Transport & { heard: number; isClosed: boolean } {
  return {
    heard: 0,
    isClosed: false,
    async send() {
      this.heard += 1
      return says
    },
    async close() {
      this.isClosed = true
    },
  }
}

test('requests go to the processes in turn, and all are closed', async () => {
  const parties = [party(answer), party(answer), party(answer)]
  const transport = spreadTransport(parties)
  for (let n = 0; n < 9; n++) await transport.send(request)
  expect(parties.map(({ heard }) => heard)).toEqual([3, 3, 3])
  await transport.close()
  expect(parties.every(({ isClosed }) => isClosed)).toBe(true)
})

test('a process that is gone is passed over; one that may have heard is not, and with none left there is silence', async () => {
  const [gone, mute, well] = [party(silence('no')), party(silence('maybe')), party(answer)]
  expect(await spreadTransport([well, gone]).send(request)).toBe(answer)
  expect(gone.heard).toBe(1)
  expect(await spreadTransport([well, mute]).send(request)).toEqual(silence('maybe'))
  expect(well.heard).toBe(1)
  expect(await spreadTransport([gone, gone]).send(request)).toEqual(silence('no'))
})
