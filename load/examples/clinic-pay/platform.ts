/**
 * ClinicPay: a small platform that is not ours, to show how one is brought here. It knows nothing of the house: plain node:http, what the
 * counterparties' OpenAPI pages say, and the file that `medpay load --counterparties` writes. Orders live in memory: it is an example of
 * an interface, not of a platform to be proud of.
 *
 *   node load/examples/clinic-pay/platform.ts --port 9900 --counterparties FILE [--mistake captures-twice|silence-is-failure]
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { parseArgs } from 'node:util'
import { type Money, partners, type Settlement, Silence, Turned, type Work } from './partners.ts'

const mistakes = ['captures-twice', 'silence-is-failure'] as const
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '9900' },
    counterparties: { type: 'string', default: 'counterparties.json' },
    mistake: { type: 'string' },
  },
})
const mistake = mistakes.find((one) => one === values.mistake)
const { bureau, hospital, bank, isThere } = partners(values.counterparties)

interface Order extends Work {
  readonly reference: string
  state: 'ACCEPTED' | 'WORKING' | 'PAID' | 'DECLINED'
  split?: Settlement['split']
  why?: string
  who?: 'bureau' | 'bank' | 'clinic'
}
const orders = new Map<string, Order>()
/** Numbers of this life of the process begin with its birth, so that an earlier life's are never used again. */
const life = Date.now().toString(36).toUpperCase()

createServer((request, response) => {
  answer(request, response).catch((error: unknown) => reply(response, 500, { why: String(error) }))
}).listen(Number(values.port), '127.0.0.1', () => console.log(`ClinicPay listens at http://127.0.0.1:${values.port}`))

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost')
  if (url.pathname === '/health') return reply(response, isThere() ? 200 : 503, {})
  if (url.pathname !== '/cashier/orders') return reply(response, 404, { why: 'no such page' })
  if (request.method === 'GET') {
    const order = orders.get(url.searchParams.get('reference') ?? '')
    return order === undefined ? reply(response, 404, { why: 'unknown order' }) : reply(response, 200, shown(order))
  }
  const form = new URLSearchParams(await textOf(request))
  const reference = form.get('reference') ?? ''
  const known = orders.get(reference)
  if (known !== undefined) return reply(response, 200, shown(known))
  const order: Order = {
    reference,
    number: `CP${life}${orders.size + 1}`,
    serial: orders.size + 1,
    clinic: Number(form.get('clinic')),
    invoice: form.get('invoice') ?? '',
    patient: Number(form.get('patient')),
    ecard: form.get('ecard') ?? '',
    bank: form.get('bank') ?? '',
    mandate: form.get('mandate') ?? '',
    isCredit: form.get('rail') === 'CREDIT',
    state: 'ACCEPTED',
  }
  orders.set(reference, order)
  reply(response, 202, shown(order))
  order.state = 'WORKING'
  void collect(order)
}

/** Lock, trial, hold, settle, capture, tell; what does not succeed is undone from where it stands. */
async function collect(order: Order): Promise<void> {
  const undo: (() => Promise<void>)[] = []
  try {
    undo.push(() => hospital.unlock(order))
    const bill = await surely(() => hospital.lock(order))
    const { trial, split } = await surely(() => bureau.trial(order, bill))
    const own = split.own
    undo.push(() => bank.letGo(order, own))
    await surely(() => bank.hold(order, own))
    const settlement = await surely(() => bureau.settle(order, bill, trial))
    undo.push(() => bureau.takeBack(order, settlement))
    await surely(() => bank.capture(order, own))
    if (mistake === 'captures-twice') await bank.again(order, own)
    await surely(() => hospital.tell(order, settlement))
    order.split = settlement.split
    order.state = 'PAID'
    await surely(() => hospital.invoice(order)).catch(() => undefined)
  } catch (error) {
    for (const step of undo.toReversed()) await surely(step).catch((late: unknown) => console.error(order.number, String(late)))
    order.why = error instanceof Error ? error.message : String(error)
    if (error instanceof Turned) order.who = error.by
    order.state = 'DECLINED'
  }
}

/** Every message may be sent again: the same key is the same effect. Silence is no answer, so it is asked until there is one. */
async function surely<Of>(step: () => Promise<Of>): Promise<Of> {
  for (let tries = 1; ; tries++) {
    try {
      return await step()
    } catch (error) {
      if (!(error instanceof Silence) || tries >= 40) throw error
      if (mistake === 'silence-is-failure') throw new Error('timed out')
      await new Promise((again) => setTimeout(again, Math.min(2000, 100 * 2 ** tries)))
    }
  }
}

function shown({ number, state, split, why, who }: Order): Readonly<Record<string, string>> {
  const yuan = (amount: Money) => (amount / 100).toFixed(2)
  return {
    order: number,
    state,
    ...(split === undefined || state !== 'PAID'
      ? {}
      : { fund: yuan(split.fund), account: yuan(split.account), savings: yuan(split.savings), own: yuan(split.own) }),
    ...(why === undefined || state !== 'DECLINED' ? {} : { why }),
    ...(who === undefined || state !== 'DECLINED' ? {} : { who }),
  }
}

function reply(response: ServerResponse, status: number, fields: Readonly<Record<string, string>>): void {
  response.writeHead(status, { 'content-type': 'application/x-www-form-urlencoded' }).end(new URLSearchParams(fields).toString())
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const part of request) text += String(part)
  return text
}
