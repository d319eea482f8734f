/** SE01 电子凭证解码 and SM01 账户查询: who is there, and where they stand in the insurance year. */
import { fenOfYuan } from '../../../money/fen.ts'
import type { AccountRequest, Credential } from '../../desks/bureau-desk.ts'
import { coded, fields, optional, text, yuan } from '../field.ts'
import { yuanNumber } from './amounts.ts'
import { institutionCode } from './envelope.ts'
import { basisOf } from './example-claim.ts'
import { shanghaiMessage } from './message.ts'

export const decodeCredential = shanghaiMessage({
  code: 'SE01',
  zh: '电子凭证解码',
  en: 'Decode an e-credential',
  does: 'decode',
  content: fields({
    orgId: text('医疗机构代码', 11, { standing: 'accepted' }),
    ecQrCode: text('电子凭证二维码', 64, { standing: 'enforced', minLength: 1 }),
    ecQrChannel: optional(text('二维码渠道', 20, { standing: 'ignored' })),
    businessType: text('业务类型', 5, { pattern: '^\\d{5}$' }),
    termId: optional(text('终端编号', 50, { standing: 'ignored' })),
    termIp: optional(text('终端地址', 50, { standing: 'ignored' })),
    operatorId: text('操作员编码', 30),
    officeId: optional(text('科室编码', 30)),
    officeName: optional(text('科室名称', 50)),
  }),
  answer: fields({
    username: text('姓名', 50),
    idno: text('证件号码', 30),
    idtype: coded('证件类型', { '01': '居民身份证' }),
    ecToken: text('电子凭证令牌', 64, { standing: 'enforced' }),
  }),
  ask: ({ qr, site }) => ({ orgId: institutionCode(site), ecQrCode: qr, businessType: '01101', operatorId: 'medpay' }),
  read: ({ ecQrCode }, from) => ({ ...from, qr: ecQrCode }),
  write: ({ token, name, idNumber }) => ({ username: name, idno: idNumber, idtype: '01' as const, ecToken: token }),
  hear: ({ username, idno, ecToken }) => ({ outcome: 'decoded' as const, token: ecToken, name: username, idNumber: idno }),
  businessKey: 'person-shown',
  example: {
    request: { ...basisOf(1), qr: '1234567890123456789012345678' },
    reply: { outcome: 'decoded', token: 'synthetic-token', name: '示例患者', idNumber: '310000198001010019' },
  },
})

/** cardtype of 五期; 1 and 3 are what the testbed's people carry. */
const cardTypes = { 0: '磁卡', 1: '保障卡', 3: '电子凭证' } as const
export const credentialFields = {
  cardtype: coded('卡类型', cardTypes, { standing: 'enforced' }),
  carddata: text('卡数据（电子凭证时为令牌）', 64, { standing: 'enforced', minLength: 1 }),
}

export const writeCredential = ({ kind, value }: Credential): { cardtype: `${keyof typeof cardTypes}`; carddata: string } => ({
  cardtype: kind === 'token' ? '3' : '1',
  carddata: value,
})
export const readCredential = ({ cardtype, carddata }: { readonly cardtype: string; readonly carddata: string }): Credential => ({
  kind: cardtype === '3' ? 'token' : 'card',
  value: carddata,
})

const insuredTypeMarks = { employee: '1', retired: '2', resident: '3', 'out-of-town': '9' } as const
const insuredTypeOf = new Map(
  Object.entries(insuredTypeMarks).map(([type, mark]) => [mark as string, type as keyof typeof insuredTypeMarks]),
)

export const queryAccount = shanghaiMessage({
  code: 'SM01',
  zh: '账户查询',
  en: 'Account query',
  does: 'account',
  content: fields({ ...credentialFields }),
  answer: fields({
    cardid: text('卡号', 28),
    personname: text('姓名', 50),
    // The meaning of its 16 places is not public: the first carries the insured type here, unverified.
    accountattr: text('账户属性（各位含义未核对）', 16),
    curaccountamt: yuan('当年账户余额'),
    hisaccountamt: yuan('历年账户余额'),
    totalmzzfdpay: yuan('门诊自负段支付累计数'),
    // Counted per stay here, so no stay begins with anything paid.
    qfxxpay: yuan('住院起付线下支付累计数'),
    rationpay: yuan('门诊自负段定额'),
    beinqf: yuan('住院起付线'),
    tcfdx: yuan('统筹支付封顶线'),
    ybsqjmbz: coded('可享受医保社区减免（取值未核对）', { 0: '否', 1: '是' }),
  }),
  ask: ({ credential }: AccountRequest) => writeCredential(credential),
  read: (content, from) => ({ ...from, credential: readCredential(content) }),
  write: (account) => ({
    cardid: account.cardNumber,
    personname: account.name,
    accountattr: insuredTypeMarks[account.insuredType].padEnd(16, '0'),
    curaccountamt: yuanNumber(account.currentAccountLeftFen),
    hisaccountamt: yuanNumber(account.historyAccountLeftFen),
    totalmzzfdpay: yuanNumber(account.deductiblePaidFen),
    qfxxpay: 0,
    rationpay: yuanNumber(account.deductibleFen),
    beinqf: yuanNumber(account.stayDeductibleFen),
    tcfdx: yuanNumber(account.stayCapFen),
    // No reduction at community centres is modelled.
    ybsqjmbz: '0' as const,
  }),
  hear: (content) => ({
    outcome: 'account' as const,
    cardNumber: content.cardid,
    name: content.personname,
    insuredType: insuredTypeOf.get(content.accountattr.slice(0, 1)) ?? 'out-of-town',
    currentAccountLeftFen: fenOfYuan(content.curaccountamt),
    historyAccountLeftFen: fenOfYuan(content.hisaccountamt),
    deductiblePaidFen: fenOfYuan(content.totalmzzfdpay),
    deductibleFen: fenOfYuan(content.rationpay),
    stayDeductibleFen: fenOfYuan(content.beinqf),
    stayCapFen: fenOfYuan(content.tcfdx),
  }),
  businessKey: 'person-shown',
  example: {
    request: { ...basisOf(2), credential: { kind: 'token', value: 'synthetic-token' } },
    reply: {
      outcome: 'account',
      cardNumber: '9000000042',
      name: '示例患者',
      insuredType: 'employee',
      currentAccountLeftFen: fenOfYuan('120.50'),
      historyAccountLeftFen: fenOfYuan('2500.00'),
      deductiblePaidFen: fenOfYuan('300.00'),
      deductibleFen: fenOfYuan('1500.00'),
      stayDeductibleFen: fenOfYuan('1500.00'),
      stayCapFen: fenOfYuan('550000.00'),
    },
  },
})
