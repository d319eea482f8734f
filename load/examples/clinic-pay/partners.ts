/** ClinicPay's side of its counterparties: 五期 at the bureau, the hospital's HIS, the gateway of a bank. Every request is signed by HMAC. */
import { createHash, createHmac, randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'

/** Whole fen. */
export type Money = number

export interface Work {
  /** The hospital's attempt and what every key begins with, so that each party's entries can be laid side by side. */
  readonly number: string
  readonly serial: number
  readonly clinic: number
  readonly invoice: string
  readonly patient: number
  readonly ecard: string
  readonly bank: string
  readonly mandate: string
  readonly isCredit: boolean
  /** First sending of the settlement: a message sent again is the same to the second. */
  settledAt?: string
}
export interface Bill {
  readonly visit: string
  readonly totalFen: Money
  readonly coveredFen: Money
  readonly lines: readonly Readonly<
    Record<'number' | 'prescription' | 'code' | 'name' | 'priceFen' | 'count' | 'totalFen' | 'coveredFen', never>
  >[]
}
export interface Split {
  readonly fund: Money
  readonly account: Money
  readonly savings: Money
  readonly own: Money
  readonly uncovered: Money
  readonly deductible: Money
}
export interface Settlement {
  readonly number: string
  readonly split: Split
}

/** A party said no. */
export class Turned extends Error {
  readonly by: 'bureau' | 'bank' | 'clinic'
  constructor(by: Turned['by'], why: string) {
    super(why)
    this.by = by
  }
}
/** Nobody knows. */
export class Silence extends Error {}

interface Partner {
  readonly origin: string
  readonly hmacKey: string
}
interface Told {
  readonly caller: string
  readonly businessDate: string
  readonly counterparties: Readonly<Record<string, Partner>>
}

const patienceMs = 10_000

export function partners(file: string) {
  let known: Told | undefined
  const told = (): Told | undefined => {
    if (known === undefined && existsSync(file)) known = JSON.parse(readFileSync(file, 'utf8')) as Told
    return known
  }
  const today = () => told()?.businessDate ?? ''

  async function post(name: string, path: string, body: object): Promise<Answer> {
    const { caller = '', counterparties } = told() ?? {}
    const partner = counterparties?.[name]
    if (partner === undefined) throw new Error(`no partner ${name}`)
    const text = JSON.stringify(body)
    const timestamp = String(Math.floor(Date.now() / 1000))
    const nonce = randomUUID()
    const digest = createHash('sha256').update(text).digest('hex')
    const signed = createHmac('sha256', Buffer.from(partner.hmacKey, 'base64')).update(
      [caller, 'POST', path, digest, timestamp, nonce].join('\n'),
    )
    const answer = await fetch(`${partner.origin}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-medpay-caller': caller,
        'x-medpay-timestamp': timestamp,
        'x-medpay-nonce': nonce,
        'x-medpay-signature': signed.digest('base64'),
      },
      body: text,
      signal: AbortSignal.timeout(patienceMs),
    }).catch((error: unknown) => {
      throw new Silence(String(error))
    })
    const said = await answer.text().catch(() => '')
    try {
      if (answer.status === 200) return JSON.parse(said) as Answer
    } catch {
      // Half an answer is none.
    }
    throw new Silence(`status ${answer.status}`)
  }

  /** @param slot place of the message among the ten numbers of a payment */
  async function shanghai(code: string, { clinic, serial }: Work, slot: number, at: string, content: object): Promise<Answer> {
    const institution = `99${String(clinic).padStart(9, '0')}`
    const { xxfhm, fhxx, xxnr } = await post('bureau', `/shanghai/${code}`, {
      ...{ jysj: at, xxlxm: code, bbh: '5.0', xzqhdm: '310000', jgdm: institution, czybm: 'clinicpay', czyxm: '自助', jyqd: '20' },
      msgid: `${institution}${today().replaceAll('-', '')}${String(serial * 10 + slot).padStart(9, '0')}`,
      xxnr: content,
    })
    if (xxfhm === 'P001') return xxnr as unknown as Answer
    throw new Turned('bureau', `${xxfhm} ${fhxx}`)
  }
  const now = () => `${today()} ${new Date().toISOString().slice(11, 19)}`

  async function plain(by: Turned['by'], name: string, path: string, body: object): Promise<Answer> {
    const said = await post(name, path, body)
    if (said['outcome'] === 'refused') throw new Turned(by, String(said['reason']))
    return said
  }

  const claim = ({ invoice }: Work, { totalFen, coveredFen }: Bill) => ({
    zdnos: [{ zdno: 'Z00.001', zdmc: '一般医学检查' }],
    mxzdhs: [{ mxzdh: invoice, totalexpense: totalFen / 100, ybjsfwfyze: coveredFen / 100, fybjsfwfyze: (totalFen - coveredFen) / 100 }],
    ...{ yllb: '11', dbtype: '0', xsywlx: '1' },
  })

  return {
    /** The city has told where its parties are. */
    isThere: (): boolean => told() !== undefined,
    bureau: {
      async trial(work: Work, bill: Bill): Promise<{ readonly trial: string; readonly split: Split }> {
        const institution = `99${String(work.clinic).padStart(9, '0')}`
        const who = { orgId: institution, ecQrCode: work.ecard, businessType: '01101', operatorId: 'clinicpay' }
        const { ecToken } = await shanghai('SE01', work, 0, now(), who)
        const lines = bill.lines.map((line) => ({
          ...{
            xh: line.number,
            cfh: line.prescription,
            mxxmbm: line.code,
            mxxmmc: line.name,
            mxxmsl: line.count,
            bxbz: line.coveredFen > 0 ? '1' : '0',
          },
          ...{
            mxxmdj: line.priceFen / 100,
            mxxmje: line.totalFen / 100,
            mxxmjyfy: line.totalFen / 100,
            mxxmybjsfwfy: line.coveredFen / 100,
          },
        }))
        await shanghai('SN01', work, 2, now(), { mxzdh: work.invoice, jzdyh: bill.visit, mxxms: lines })
        const said = await shanghai('SI11', work, 3, now(), { cardtype: '3', carddata: ecToken, ...claim(work, bill) })
        return { trial: String(said['jssqxh']), split: splitOf(said) }
      },
      /** Sent again it quotes the same message number, and the bureau gives the same settlement. */
      async settle(work: Work, bill: Bill, trial: string): Promise<Settlement> {
        work.settledAt ??= now()
        const said = await shanghai('SI12', work, 5, work.settledAt, { jssqxh: trial, ...claim(work, bill) })
        return { number: String(said['lsh']), split: splitOf(said) }
      },
      async takeBack(work: Work, { number, split }: Settlement): Promise<void> {
        const total = (split.fund + split.account + split.savings + split.own) / 100
        await shanghai('SK01', work, 7, work.settledAt ?? now(), { translsh: number, totalexpense: total })
      },
    },
    hospital: {
      async lock({ clinic, invoice, number, patient }: Work): Promise<Bill> {
        const asked = { site: clinic, bill: invoice, attempt: number, person: patient, by: 'platform' }
        return (await plain('clinic', 'his', '/his/v1/attempts/open', asked))['bill'] as unknown as Bill
      },
      async unlock({ clinic, invoice, number }: Work): Promise<void> {
        await plain('clinic', 'his', '/his/v1/attempts/close', { site: clinic, bill: invoice, attempt: number })
      },
      async tell({ clinic, invoice, number, isCredit }: Work, { number: settlement, split }: Settlement): Promise<void> {
        const { fund, account, savings, own, uncovered, deductible } = split
        await plain('clinic', 'his', '/his/v1/payments/notice', {
          ...{ site: clinic, bill: invoice, attempt: number, settlement, payer: isCredit ? 'credit' : 'bank' },
          totalFen: fund + account + savings + own,
          split: {
            fundFen: fund,
            currentAccountFen: account,
            historyAccountFen: savings,
            cashFen: own,
            uncoveredFen: uncovered,
            deductibleFen: deductible,
          },
        })
      },
      async invoice({ clinic, invoice, number }: Work): Promise<void> {
        await plain('clinic', 'his', '/his/v1/invoices/issue', { site: clinic, bill: invoice, attempt: number })
      },
    },
    bank: {
      async hold({ bank, number, mandate, clinic }: Work, amountFen: Money): Promise<void> {
        if (amountFen > 0)
          await plain('bank', bank, '/gateway/v1/authorizations', { key: `${number}-A`, agreement: mandate, site: clinic, amountFen })
      },
      async capture({ bank, number }: Work, amountFen: Money): Promise<void> {
        if (amountFen > 0) await plain('bank', bank, '/gateway/v1/captures', { key: `${number}-C`, hold: `${number}-A`, amountFen })
      },
      /** What a hold or a capture took; one that has not come yet is buried. */
      async letGo({ bank, number }: Work, amountFen: Money): Promise<void> {
        if (amountFen === 0) return
        const { outcome } = await plain('bank', bank, '/gateway/v1/queries', { key: `${number}-C` })
        if (String(outcome) === 'captured')
          await plain('bank', bank, '/gateway/v1/refunds', { key: `${number}-R`, capture: `${number}-C`, amountFen })
        else await plain('bank', bank, '/gateway/v1/releases', { hold: `${number}-A` })
      },
      /** The mistake of a platform that takes a slow answer for none: once more, under another key. */
      async again({ bank, number, mandate, clinic }: Work, amountFen: Money): Promise<void> {
        if (amountFen === 0) return
        await plain('bank', bank, '/gateway/v1/authorizations', { key: `${number}-A2`, agreement: mandate, site: clinic, amountFen })
        await plain('bank', bank, '/gateway/v1/captures', { key: `${number}-C2`, hold: `${number}-A2`, amountFen })
      },
    },
  }
}
type Answer = Readonly<Record<string, string | number>>

/** 五期 tells the parts by segment: account, deductible, fund, and what the insurance does not cover. */
function splitOf(said: Answer): Split {
  const fen = (...names: readonly string[]) => names.reduce((sum, name) => sum + Math.round(Number(said[name] ?? 0) * 100), 0)
  return {
    fund: fen('tczfs', 'fjzfs'),
    account: fen('curaccountpay'),
    savings: fen('hisaccountpay'),
    own: fen('zfdxjzfs', 'tcdxjzfs', 'fjdxjzfs', 'fybjsfwfyze'),
    uncovered: fen('fybjsfwfyze'),
    deductible: fen('zfdxjzfs', 'zfdlnzhzfs'),
  }
}
