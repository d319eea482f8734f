/**
 * 清算: the month after, each hospital applies to the insurer for what it settled, appeals for what the review holds back (S3 §7.6), and is
 * paid. Only the bureau's business clock goes on: nobody else has anything to do on these days, and who waits for them would walk through all.
 */
import { dateOf, dayNumber } from '../../engine/civil-date.ts'
import { clockOfSecond } from '../../engine/time.ts'
import { signedSender } from '../client/signed-sender.ts'
import { httpTransport } from '../client/transport.ts'
import type { ClearingDesk } from '../desks/clearing-desk.ts'
import type { Port } from '../desks/port.ts'
import { clearingOperations } from '../dialects/clearing.ts'
import { plainPort } from '../dialects/plain.ts'
import { keyRing } from '../signing/key-ring.ts'
import type { WireCity } from './wire-processes.ts'

/** The day's first hour of an office. */
const morningSecond = 9.5 * 3600
/** So long a policy file may let money and appeals take (scenarios/policy-schema.ts). */
const longEnoughDays = 366
/** Sites that are served together. */
const abreast = 8

/**
 * @param sites with settlements
 * @param date yyyy-MM-dd of the day that was played
 */
export async function clearTheMonth(
  wire: Pick<WireCity, 'control' | 'originOf'>,
  secret: string,
  { sites, date }: { readonly sites: readonly number[]; readonly date: string },
): Promise<void> {
  const on = (day: string) =>
    wire.control.ask('bureau', 'PUT', '/control/clock', { now: `${day} ${clockOfSecond(morningSecond)}`, atMs: Date.now() })
  const transport = httpTransport({ origin: wire.originOf('bureau'), timeoutMs: 60_000 })
  try {
    const send = signedSender({ transport, caller: 'his', key: keyRing(secret).between('his', 'bureau'), nowMs: Date.now })
    const desk = plainPort<ClearingDesk>(clearingOperations, send)
    await on(firstOfNextMonth(date))
    const lastDays = await eachAbreast(sites, (site) => applyAndAppeal(desk, site, date.slice(0, 7).replace('-', '')))
    // A run taken up again finds every application made, and does not hear the days anew.
    await on(lastDays.flat().toSorted().at(-1) ?? dateOf(dayNumber(firstOfNextMonth(date)) + longEnoughDays))
    // What fell due is paid by being asked for.
    await eachAbreast(sites, async (site) => done(await desk.payouts({ site })))
  } finally {
    await transport.close()
  }
}

/** @returns the days on which its money comes */
async function applyAndAppeal(desk: Port<ClearingDesk>, site: number, month: string): Promise<readonly string[]> {
  const days: string[] = []
  for (const { clearingType, ...amounts } of done(await desk.clearingMonth({ site, month })).types) {
    const key = `Q-${site}-${month}-${clearingType}`
    const { application } = done(await desk.applyForMonth({ key, site, month, clearingType, ...amounts }))
    const { questioned, payoutOn } = done(await desk.clearing({ site, application }))
    days.push(payoutOn)
    if (questioned.length === 0) continue
    const settlements = questioned.map(({ settlement, rules }) => ({ settlement, evidence: `${rules.join('、')}：处方与执行记录` }))
    days.push(done(await desk.appeal({ key: `S-${application}`, site, application, settlements })).decidedOn)
  }
  return days
}

type Heard<Reply> = Exclude<Reply, { readonly outcome: 'refused' | 'no-reply' }>

/** A bureau that refuses what a hospital is due, or does not answer, ends the run. */
function done<Reply extends { readonly outcome: string }>(reply: Reply): Heard<Reply> {
  if (reply.outcome === 'refused' || reply.outcome === 'no-reply') throw new Error(`clearing: ${JSON.stringify(reply)}`)
  return reply as Heard<Reply>
}

async function eachAbreast<One, Result>(all: readonly One[], does: (one: One) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = []
  for (let from = 0; from < all.length; from += abreast) results.push(...(await Promise.all(all.slice(from, from + abreast).map(does))))
  return results
}

function firstOfNextMonth(date: string): string {
  const [year, month] = [Number(date.slice(0, 4)), Number(date.slice(5, 7))]
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10)
}
