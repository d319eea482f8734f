import type { Words } from '../../scenarios/plan.ts'
import { drugPoint, examinationPoint, registrationPoint } from '../money/payment-status.ts'

/** What an audit can find wrong. A point is 0 registration, 1 examination, 2 drugs or the settlement on leaving. */
export type Finding =
  | {
      readonly kind: 'parts-do-not-make-the-bill'
      readonly visit: number
      readonly point: number
      readonly partsFen: number
      readonly billFen: number
      readonly count: number
    }
  | {
      readonly kind: 'broken-amount'
      readonly visit: number
      readonly point: number
      readonly what: string
      readonly fen: number
      readonly count: number
    }
  | {
      readonly kind: 'insurer-pays-uncovered'
      readonly visit: number
      readonly point: number
      readonly insurerFen: number
      readonly coveredFen: number
      readonly count: number
    }
  | { readonly kind: 'paid-more-than-once'; readonly visit: number; readonly point: number; readonly times: number; readonly count: number }
  | {
      readonly kind: 'settled-but-not-paid'
      readonly visit: number
      readonly point: number
      readonly status: number
      readonly count: number
    }
  | {
      readonly kind: 'paid-but-not-settled'
      readonly visit: number
      readonly point: number
      readonly status: number
      readonly count: number
    }
  | { readonly kind: 'outcome-unknown'; readonly visit: number; readonly point: number; readonly count: number }
  | {
      readonly kind: 'no-such-code'
      readonly visit: number
      readonly point: number
      readonly what: string
      readonly code: number
      readonly count: number
    }
  | { readonly kind: 'never-left'; readonly visit: number; readonly count: number }
  | { readonly kind: 'left-more-than-once'; readonly visit: number; readonly times: number; readonly count: number }
  | { readonly kind: 'visits-in-are-not-visits-out'; readonly visitsIn: number; readonly visitsOut: number; readonly count: number }
  | { readonly kind: 'total-differs'; readonly what: string; readonly own: number; readonly claimed: number; readonly count: number }

type WithoutCount<F> = F extends Finding ? Omit<F, 'count'> : never

/** Keeps the first of each kind with the number of all; of differing totals keeps each, for each is a clue. */
export class Findings {
  private readonly found = new Map<string, Finding>()

  add(finding: WithoutCount<Finding>): void {
    const key = finding.kind === 'total-differs' ? `${finding.kind} ${finding.what}` : finding.kind
    const before = this.found.get(key)
    this.found.set(key, before === undefined ? ({ ...finding, count: 1 } as Finding) : { ...before, count: before.count + 1 })
  }

  list(): Finding[] {
    return [...this.found.values()]
  }
}

/** A finding as a sentence, for the one who has to look. */
export function findingWords(finding: Finding): Words {
  const more = finding.count > 1 ? { zh: `（共 ${finding.count} 处）`, en: ` (${finding.count} in all)` } : { zh: '', en: '' }
  const { zh, en } = sentence(finding)
  return { zh: zh + more.zh, en: en + more.en }
}

function sentence(f: Finding): Words {
  const at = 'point' in f ? placeWords(f.visit, f.point) : { zh: '', en: '' }
  switch (f.kind) {
    case 'parts-do-not-make-the-bill':
      return {
        zh: `${at.zh}：各方支付合计 ${f.partsFen} 分，账单 ${f.billFen} 分`,
        en: `${at.en}: the parts are ${f.partsFen} fen, the bill is ${f.billFen}`,
      }
    case 'broken-amount':
      return { zh: `${at.zh}：${f.what} 为 ${f.fen}，不是非负整数分`, en: `${at.en}: ${f.what} is ${f.fen}, which is not whole fen` }
    case 'insurer-pays-uncovered':
      return {
        zh: `${at.zh}：医保支付 ${f.insurerFen} 分，政策范围内只有 ${f.coveredFen} 分`,
        en: `${at.en}: the insurer pays ${f.insurerFen} fen of ${f.coveredFen} covered`,
      }
    case 'paid-more-than-once':
      return { zh: `${at.zh}：支付了 ${f.times} 次`, en: `${at.en}: paid ${f.times} times` }
    case 'settled-but-not-paid':
      return { zh: `${at.zh}：状态 ${f.status}，但没有支付`, en: `${at.en}: has status ${f.status} and no payment` }
    case 'paid-but-not-settled':
      return { zh: `${at.zh}：状态 ${f.status}，但钱已付出`, en: `${at.en}: has status ${f.status} and yet the money moved` }
    case 'outcome-unknown':
      return { zh: `${at.zh}：日终仍结果未知`, en: `${at.en}: nobody knows at the close whether it was paid` }
    case 'no-such-code':
      return { zh: `${at.zh}：${f.what} 代码 ${f.code} 不存在`, en: `${at.en}: there is no ${f.what} ${f.code}` }
    case 'never-left':
      return { zh: `就诊 ${f.visit} 没有离院记录`, en: `visit ${f.visit} never left` }
    case 'left-more-than-once':
      return { zh: `就诊 ${f.visit} 离院 ${f.times} 次`, en: `visit ${f.visit} left ${f.times} times` }
    case 'visits-in-are-not-visits-out':
      return { zh: `到院 ${f.visitsIn} 人次，离院 ${f.visitsOut} 人次`, en: `${f.visitsIn} visits came in, ${f.visitsOut} left` }
    case 'total-differs':
      return { zh: `${f.what}：审计 ${f.own}，账本 ${f.claimed}`, en: `${f.what}: the audit finds ${f.own}, the ledger says ${f.claimed}` }
    default:
      return f satisfies never
  }
}

function placeWords(visit: number, point: number): Words {
  const bill = pointNames[point] ?? { zh: `第 ${point} 笔`, en: `number ${point}` }
  return { zh: `就诊 ${visit} 的${bill.zh}账单`, en: `visit ${visit}, bill of ${bill.en}` }
}

const pointNames: Readonly<Record<number, Words>> = {
  [registrationPoint]: { zh: '挂号', en: 'registration' },
  [examinationPoint]: { zh: '检查', en: 'examination' },
  [drugPoint]: { zh: '药品或离院结算', en: 'drugs or leaving' },
}
