/** What one patient's day is told with: pathways, errands, legs and endings in the reader's words. */
import type { PaymentMode, Words } from '../scenarios/plan.ts'

const names: Readonly<Record<string, Words>> = {
  'outpatient-visit': { en: 'outpatient visit', zh: '门诊就诊' },
  'emergency-visit': { en: 'emergency visit', zh: '急诊就诊' },
  'pay-on-leaving': { en: 'visit paid once on leaving', zh: '离院时一次结算的就诊' },
  'internet-visit': { en: 'internet hospital visit', zh: '互联网医院就诊' },
  'pharmacy-purchase': { en: 'purchase at a pharmacy', zh: '定点药店购药' },
  'credit-sign-up': { en: 'credit sign-up', zh: '信用付费签约' },
  'window-registration': { en: 'registration at the window', zh: '窗口挂号' },
  'kiosk-registration': { en: 'registration at the kiosk', zh: '自助机挂号' },
  'phone-registration': { en: 'registration by phone', zh: '手机挂号' },
  'window-payment': { en: 'payment at the window', zh: '窗口付费' },
  'kiosk-payment': { en: 'payment at the kiosk', zh: '自助机付费' },
  'kiosk-registration-by-code': { en: 'registration at the kiosk by a wallet’s code', zh: '自助机挂号（付款码）' },
  'kiosk-payment-by-code': { en: 'payment at the kiosk by a wallet’s code', zh: '自助机付费（付款码）' },
  'phone-payment': { en: 'payment by phone', zh: '诊间移动付费' },
  'credit-payment': { en: 'card-free credit payment', zh: '信用无感付费' },
  'internet-payment': { en: 'online payment', zh: '在线付费' },
  'pharmacy-settlement': { en: 'settlement at the pharmacy', zh: '药店结算' },
  'settle-on-leaving': { en: 'settlement on leaving', zh: '离院结算' },
  'hold-registration': { en: 'registration held against the credit limit', zh: '挂号占用额度' },
  'hold-examination': { en: 'examination held against the credit limit', zh: '检查占用额度' },
  'hold-drugs': { en: 'drugs held against the credit limit', zh: '药品占用额度' },
  'family-code': { en: 'guardian’s family code', zh: '亲属随申码' },
  'credit-assessment': { en: 'credit assessment', zh: '信用评估' },
  'credit-signing': { en: 'signing with the bank', zh: '与银行签约' },
  'digital-card': { en: 'application for a digital card', zh: '申领数字银行卡' },
  'limit-raise': { en: 'request for a higher limit', zh: '申请提高授信额度' },
  'terminal-sign-in': { en: 'sign-in of a terminal', zh: '终端签到' },
  'directory-download': { en: 'download of the directories', zh: '目录下载' },
  'bureau-reversal': { en: 'reversal at the bureau', zh: '医保冲正' },
  'bank-reversal': { en: 'refund at the bank', zh: '银行退款' },
  'wallet-reversal': { en: 'refund at the wallet', zh: '钱包退款' },
  'credit-reversal': { en: 'refund at the bank of the credit', zh: '信用银行退款' },
  'consulting-room': { en: 'consulting room', zh: '诊室' },
  entry: { en: 'entry', zh: '入口' },
  platform: { en: 'platform', zh: '统一基础平台' },
  bureau: { en: 'insurance bureau', zh: '医保局' },
  bank: { en: 'bank', zh: '银行' },
  his: { en: 'hospital system', zh: '医院系统' },
  files: { en: "bureau's file desk", zh: '医保局文件服务' },
  'credit-limit': { en: 'credit limit', zh: '授信额度' },
  'waits-for-the-bureau': { en: 'waiting for the bureau', zh: '等待医保恢复' },
  'pays-in-full-and-claims-later': { en: 'paying in full, claiming later', zh: '先全额垫付、事后报销' },
  'leaves-owing': { en: 'leaving the bill owing', zh: '挂账离院' },
  'in-city': { en: 'still there at midnight', zh: '零点仍未离院' },
  done: { en: 'everything done', zh: '全部办完' },
  balked: { en: 'without joining the line', zh: '见队而去' },
  reneged: { en: 'tired of waiting', zh: '等候不及' },
  switched: { en: 'switched over', zh: '切换完成' },
  'left-unpaid': { en: 'bill unpaid', zh: '未付费' },
}

export function visitWords(name: string): Words | undefined {
  return names[name]
}

/** The way of paying that a pathway's step stands for: `pay-drugs-kiosk-walk` is on the way to a kiosk. */
export function modeOfStep(step: string): PaymentMode | undefined {
  if (!/^(?:pay|register|settle)(?:-|$)/.test(step)) return undefined
  if (/-kiosk(?:-|$)/.test(step)) return 'kiosk'
  if (/-phone(?:-|$)/.test(step)) return 'phone'
  return /-(?:window|walk)$/.test(step) ? 'window' : undefined
}
