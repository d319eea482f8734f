import { Type } from 'typebox'
import { coded, fields, list, optional, text } from '../field.ts'
import { fundFlowTypes, tradeBillTypes } from './bills.ts'
import { wechatMessage } from './message.ts'

const billQuery = <Types extends Readonly<Record<string, string>>>(name: string, types: Types) =>
  Type.Object({
    bill_date: text('账单日期', 10, { standing: 'enforced', pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
    [name]: optional(coded('账单类型', types, { standing: 'enforced' })),
    tar_type: optional(coded('压缩类型', { GZIP: 'GZIP' }, { standing: 'enforced' })),
  })
const billAnswer = fields({
  hash_type: coded('哈希类型', { SHA1: 'SHA1' }),
  hash_value: text('哈希值', 1024),
  download_url: text('下载地址', 2048),
})
const certificate = fields({
  serial_no: text('证书序列号', 40),
  effective_time: text('生效时间', 64),
  expire_time: text('失效时间', 64),
  encrypt_certificate: fields({
    algorithm: text('加密算法', 32),
    nonce: text('随机串', 16),
    associated_data: text('附加数据', 16),
    ciphertext: text('证书密文', 10_000),
  }),
})

export const billMessages = {
  certificates: wechatMessage({
    method: 'GET',
    path: '/v3/certificates',
    operation: 'certificates',
    zh: '下载平台证书',
    en: 'Platform certificates',
    body: undefined,
    answer: fields({ data: list('平台证书', certificate) }),
    example: { path: '/v3/certificates', answer: { data: [] }, byChance: ['data'] },
  }),
  tradeBill: wechatMessage({
    method: 'GET',
    path: '/v3/bill/tradebill',
    operation: 'trade-bill',
    zh: '申请交易账单',
    en: 'Trade bill of a day',
    query: billQuery('bill_type', tradeBillTypes),
    body: undefined,
    answer: billAnswer,
    example: {
      path: '/v3/bill/tradebill?bill_date=2020-10-11&bill_type=ALL',
      answer: { hash_type: 'SHA1', hash_value: '', download_url: '' },
      byChance: ['hash_value', 'download_url'],
    },
  }),
  fundFlowBill: wechatMessage({
    method: 'GET',
    path: '/v3/bill/fundflowbill',
    operation: 'fund-flow-bill',
    zh: '申请资金账单',
    en: 'Fund-flow bill of a day',
    query: billQuery('account_type', fundFlowTypes),
    body: undefined,
    answer: billAnswer,
    example: {
      path: '/v3/bill/fundflowbill?bill_date=2020-10-11',
      answer: { hash_type: 'SHA1', hash_value: '', download_url: '' },
      byChance: ['hash_value', 'download_url'],
    },
  }),
} as const

/** Its answer is a file and no JSON, so it has no pair. */
export const downloadQuery = Type.Object({ token: Type.String({ maxLength: 1000 }) })
