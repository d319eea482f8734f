/** SN01 明细上传: the lines of one bill. */
import { fenOf, fenOfYuan, sumFen } from '../../../money/fen.ts'
import { coded, count, fields, list, optional, text, yuan } from '../field.ts'
import { yuanNumber } from './amounts.ts'
import { basisOf, exampleLines } from './example-claim.ts'
import { shanghaiMessage } from './message.ts'

export const uploadDetails = shanghaiMessage({
  code: 'SN01',
  zh: '明细上传',
  en: 'Upload of a bill’s lines',
  does: 'upload',
  content: fields({
    mxzdh: text('明细账单号', 30, { standing: 'enforced', minLength: 1 }),
    jzdyh: text('就诊单元号', 30, { standing: 'accepted', minLength: 1 }),
    mxxms: list(
      '明细项目',
      fields({
        xh: count('序号', 9999),
        cfh: text('处方号', 30),
        mxxmbm: text('明细项目编码', 50),
        mxxmmc: text('明细项目名称', 100),
        mxxmdj: yuan('单价', { standing: 'accepted' }),
        mxxmsl: count('数量', 99_999),
        mxxmje: yuan('金额'),
        mxxmjyfy: yuan('交易费用', { standing: 'accepted' }),
        mxxmybjsfwfy: yuan('医保结算范围费用'),
        bxbz: optional(coded('报销标志', { 0: '不报销', 1: '报销' })),
      }),
      { minItems: 1 },
    ),
  }),
  answer: fields({ mxzdh: text('明细账单号', 30), totalexpense: yuan('明细合计', { source: 'unverified' }) }),
  ask: ({ bill, visit, lines }) => ({
    mxzdh: bill,
    jzdyh: visit,
    mxxms: lines.map((line) => ({
      xh: line.number,
      cfh: line.prescription,
      mxxmbm: line.code,
      mxxmmc: line.name,
      mxxmdj: yuanNumber(line.priceFen),
      mxxmsl: line.count,
      mxxmje: yuanNumber(line.totalFen),
      mxxmjyfy: yuanNumber(line.totalFen),
      mxxmybjsfwfy: yuanNumber(line.coveredFen),
      bxbz: line.coveredFen > 0 ? ('1' as const) : ('0' as const),
    })),
  }),
  read: ({ mxzdh, jzdyh, mxxms }, from) => ({
    ...from,
    bill: mxzdh,
    visit: jzdyh,
    lines: mxxms.map((line) => ({
      number: line.xh,
      prescription: line.cfh,
      code: line.mxxmbm,
      name: line.mxxmmc,
      priceFen: fenOfYuan(line.mxxmdj),
      count: line.mxxmsl,
      totalFen: fenOfYuan(line.mxxmje),
      coveredFen: fenOfYuan(line.mxxmybjsfwfy),
    })),
  }),
  write: ({ bill, totalFen }) => ({ mxzdh: bill, totalexpense: yuanNumber(totalFen) }),
  hear: ({ mxzdh, totalexpense }) => ({ outcome: 'uploaded' as const, bill: mxzdh, totalFen: fenOfYuan(totalexpense) }),
  businessKey: ({ mxzdh }) => mxzdh,
  example: {
    request: { ...basisOf(3), bill: 'MX0000000001', visit: 'JZ0000000001', lines: exampleLines },
    reply: { outcome: 'uploaded', bill: 'MX0000000001', totalFen: fenOf(sumFen(...exampleLines.map(({ totalFen }) => totalFen))) },
  },
})
