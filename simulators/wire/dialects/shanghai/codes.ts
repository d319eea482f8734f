/**
 * 返回码 (xxfhm). P001 is success (OH); the list of failures is not public, so every other code is the testbed's own and unverified.
 */
import type { BureauRefusal } from '../../desks/bureau-desk.ts'

export const successCode = 'P001'
/** A failure of the interface itself (form, signature, load, book); its HTTP status says which. */
export const interfaceFailureCode = 'E900'

const refusalCodes: Readonly<Record<BureauRefusal, { readonly code: string; readonly words: string }>> = {
  'unknown-person': { code: 'E101', words: '查无此人' },
  'unknown-site': { code: 'E102', words: '医疗机构代码未登记' },
  'not-insured': { code: 'E103', words: '该人员不享受本市医保待遇' },
  'unknown-credential': { code: 'E104', words: '凭证无效或已过期' },
  'bill-known-with-other-amounts': { code: 'E201', words: '明细账单号已存在且金额不同' },
  'bill-not-uploaded': { code: 'E202', words: '明细账单未上传' },
  'amounts-do-not-add-up': { code: 'E203', words: '明细合计与总费用不符' },
  'wrong-person': { code: 'E204', words: '账单不属于该人员' },
  'unknown-trial': { code: 'E301', words: '计算申请序号不存在' },
  'trial-of-another-site': { code: 'E302', words: '计算申请序号属于其他机构' },
  'trial-used': { code: 'E303', words: '计算申请序号已使用' },
  'trial-expired': { code: 'E304', words: '计算申请序号已失效' },
  'trial-out-of-date': { code: 'E305', words: '试算结果已变化，请重新试算' },
  'bill-already-settled': { code: 'E306', words: '该账单已结算' },
  'unknown-settlement': { code: 'E401', words: '中心流水号不存在' },
  'already-reversed': { code: 'E402', words: '该交易已退款' },
  'wrong-amount': { code: 'E403', words: '退款金额与原交易不符' },
  'already-cleared': { code: 'E404', words: '该交易已申请清算，不能退款' },
  'message-number-reused': { code: 'E501', words: '报文ID重复且内容不同' },
  'reversed-before-it-came': { code: 'E502', words: '该报文已被冲正' },
  'not-enrolled': { code: 'E601', words: '无有效登记' },
  'already-enrolled': { code: 'E602', words: '登记已存在' },
  'too-many-lines': { code: 'E503', words: '明细超过50条' },
}

export const codeOf = (reason: BureauRefusal) => refusalCodes[reason]

const reasonByCode = new Map(Object.entries(refusalCodes).map(([reason, { code }]) => [code, reason as BureauRefusal]))

/** Undefined for a code that is no refusal of the desk. */
export const reasonOf = (code: string): BureauRefusal | undefined => reasonByCode.get(code)
