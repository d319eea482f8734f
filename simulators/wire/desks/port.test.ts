import { expect, test } from 'vitest'
import { directPort } from './port.ts'

test('a desk called directly answers as it stands, and its exception is silence to the caller', async () => {
  const desk = {
    double: async ({ amount }: { readonly amount: number }) => {
      if (amount < 0) throw new Error('the till is empty')
      return { outcome: 'doubled' as const, amount: 2 * amount }
    },
  }
  const port = directPort(desk)
  expect(await port.double({ amount: 21 })).toEqual({ outcome: 'doubled', amount: 42 })
  expect(await port.double({ amount: -1 })).toEqual({ outcome: 'no-reply', sent: 'maybe', why: 'the till is empty' })
})
