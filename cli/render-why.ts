/** One bill's story for the terminal: what became of each payment, then a row per moment, amounts in yuan beneath none of them lost. */
import type { Language } from '../reports/words.ts'
import { type Fen, yuanOf } from '../simulators/money/fen.ts'
import { secondOf } from '../simulators/wire/desks/business-time.ts'
import type { BillStory } from '../simulators/wire/why/story-of-bill.ts'
import { padCells } from './cells.ts'
import { amountWord, rowWords } from './why-words.ts'

const words = {
  bill: { en: 'bill', zh: '账单' },
  payment: { en: 'payment', zh: '支付' },
  noPayment: { en: 'no payment of it came to the platform or to the hospital’s cashier', zh: '平台和医院收费处均未受理该账单的支付' },
  noJournal: {
    en: 'the platform shows no journal; this is what its counterparties wrote down',
    zh: '平台未提供分录；以下为各对手方所记',
  },
  open: { en: 'still under way', zh: '仍在进行' },
  postings: { en: 'postings add up to', zh: '记账合计' },
} as const
const stateWords: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  'under-way': { en: 'under way', zh: '进行中' },
  'in-doubt': { en: 'in doubt', zh: '状态不明' },
  'given-up': { en: 'given up, a window collects', zh: '已放弃，由窗口收取' },
  paid: { en: 'paid', zh: '已支付' },
  refused: { en: 'refused', zh: '被拒' },
  undone: { en: 'undone', zh: '已撤销' },
  refunding: { en: 'being refunded', zh: '退款中' },
  refunded: { en: 'refunded', zh: '已退款' },
}

export function renderWhy(story: BillStory, language: Language): string[] {
  const payments = story.payments.map(({ number, channel, mode, state, isOpen }) =>
    [
      `${words.payment[language]} ${number}`,
      channel,
      mode,
      stateWords[state]?.[language] ?? state,
      ...(isOpen ? [words.open[language]] : []),
    ].join(' · '),
  )
  const isTried = story.rows.some(({ does }) => does === 'open-attempt')
  const sum = story.postings.reduce((total, { amountFen }) => total + amountFen, 0)
  return [
    `${words.bill[language]} ${story.bill} · ${secondOf(story.rows[0]?.atMs ?? 0).slice(0, 10)}`,
    ...(payments.length > 0 ? payments : [words[isTried ? 'noJournal' : 'noPayment'][language]]),
    ...bookLines(story.rows, language),
    ...(story.postings.length === 0 ? [] : [`${words.postings[language]} ${yuan(sum)}`]),
  ]
}

/** One line a moment of the books. */
export function bookLines(rows: BillStory['rows'], language: Language): string[] {
  const actorCells = Math.max(...rows.map(({ actor }) => actor.length), 8)
  return rows.map(({ atMs, actor, does, isEvent, amounts }) => {
    const moment = `${secondOf(atMs).slice(11)}.${String(Math.floor(atMs) % 1000).padStart(3, '0')}`
    const told = amounts.map(({ name, amountFen }) => `${amountWord(name, language)} ${yuan(amountFen)}`).join(', ')
    return `${moment}  ${padCells(actor, actorCells)}  ${rowWords(actor, does, isEvent === true, language)}${told === '' ? '' : `: ${told}`}`
  })
}

const yuan = (amountFen: number): string => (amountFen < 0 ? `−${yuanOf(-amountFen as Fen)}` : yuanOf(amountFen as Fen))
