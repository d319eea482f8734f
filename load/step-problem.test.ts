/** Whatever an adapter answers, the generator goes on, and says what was wrong. */
import { describe, expect, test } from 'vitest'
import { stepProblem } from './step-problem.ts'

const request = { method: 'POST', url: 'http://127.0.0.1:9/orders', name: 'order' }
const split = { fundFen: 1, currentAccountFen: 0, historyAccountFen: 0, cashFen: 2 }

describe('a step', () => {
  test.each([
    { does: 'send', request },
    { does: 'send', request, afterMs: 150 },
    { does: 'end', outcome: { is: 'paid', payment: 'P1', split } },
    { does: 'end', outcome: { is: 'failed', at: 'platform', mayHaveArrived: true, reason: 'busy' } },
    { does: 'no-door' },
  ])('as the contract has it is taken: %j', (step) => {
    expect(stepProblem(step)).toBeUndefined()
  })

  test.each([
    [undefined, /no step: undefined/],
    [null, /no step: null/],
    ['paid', /no step: "paid"/],
    [{ does: 'wait' }, /no step/],
    [{ does: 'send' }, /method is undefined/],
    [{ does: 'send', request: { ...request, method: 'BREW' } }, /BREW/],
    [{ does: 'send', request: { ...request, url: '/orders' } }, /url is \/orders/],
    [{ does: 'send', request: { ...request, name: '' } }, /no name/],
    [{ does: 'send', request, afterMs: Number.NaN }, /afterMs is NaN/],
    [{ does: 'end' }, /outcome that is undefined/],
    [{ does: 'end', outcome: { is: 'fine' } }, /outcome that is fine/],
    [{ does: 'end', outcome: { is: 'failed', at: 'moon' } }, /failed at moon/],
    [{ does: 'end', outcome: { is: 'paid', payment: 7 } }, /number is no text/],
    [{ does: 'end', outcome: { is: 'paid', split: { ...split, cashFen: 12.34 } } }, /cashFen is 12.34/],
    [{ does: 'end', outcome: { is: 'paid', split: null } }, /fundFen is undefined/],
  ])('of another form is told: %j', (step, says) => {
    expect(stepProblem(step)).toMatch(says)
  })
})
