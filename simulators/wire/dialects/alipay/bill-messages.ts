import { coded, fields, text } from '../field.ts'
import { alipayBillTypes } from './bills.ts'
import { alipayRefusal, message, outcome, success, successful } from './message.ts'

export const billAddress = message({
  method: 'alipay.data.dataservice.bill.downloadurl.query',
  zh: '查询对账单下载地址',
  en: 'Address of a day’s bill',
  content: fields({
    bill_type: coded('账单类型', alipayBillTypes, { standing: 'enforced' }),
    bill_date: text('账单日期', 10, { standing: 'enforced', pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
  }),
  reply: fields({ ...outcome, bill_download_url: text('账单下载地址', 2048) }),
  example: {
    content: { bill_type: 'trade', bill_date: '2020-10-11' },
    reply: { ...successful, bill_download_url: '' },
  },
  async answer({ bill_date: date, bill_type: type }, { billUrl }) {
    const address = await billUrl(date, type)
    return typeof address === 'string' ? success({ bill_download_url: address }) : alipayRefusal(address)
  },
})
