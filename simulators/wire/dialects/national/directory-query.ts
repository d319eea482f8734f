/** 1312 and 1316–1319 目录查询, page by page. Names and fields are those of newtouch-cloud/openhis, most fields of binzhe12123/Medical, too. */
import type { TProperties } from 'typebox'
import { yuanOf } from '../../../money/fen.ts'
import type { DirectoryPage, DirectoryQuery } from '../../desks/claim-desk.ts'
import { listTypes } from '../../desks/directory-item.ts'
import { alsoSeenIn, coded, decimal, fields, list, optional, place, seenIn, text, yuan } from '../field.ts'
import { institutionCode } from './envelope.ts'
import { nationalMessage, type Writing } from './message.ts'

type Item = DirectoryPage['items'][number]
const enforced = { standing: 'enforced' } as const
const ignored = { standing: 'ignored' } as const
const dayPattern = '^(?:\\d{4}-\\d{2}-\\d{2}(?: \\d{2}:\\d{2}:\\d{2})?)?$'
const levels = { '': '不限', '01': '甲类', '02': '乙类', '03': '丙类' } as const

const conditions = (own: TProperties) =>
  fields({
    data: fields(
      seenIn('OH', {
        query_date: optional(text('查询时间点', 19, { ...enforced, pattern: dayPattern })),
        ...own,
        insu_admdvs: optional(text('参保机构医保区划', 6, ignored)),
        begndate: optional(text('开始日期', 19, ignored)),
        vali_flag: optional(coded('有效标志', { '': '不限', 0: '无效', 1: '有效' }, enforced)),
        updt_time: text('更新时间', 19, { ...enforced, pattern: dayPattern }),
        page_num: place('当前页数', 9999),
        page_size: place('本页数据量', 1000),
      }),
    ),
  })
const hilist = () => ({ hilist_code: optional(text('医保目录编码', 30, enforced)) })
const listType = () => ({ list_type: optional(coded('目录类别', { '': '不限', ...listTypes }, enforced)) })

const rows = (own: TProperties) =>
  fields(
    seenIn('OH', {
      firstPage: text('是否首页', 5),
      lastPage: text('是否末页', 5),
      size: text('本页条数', 6),
      startRow: text('起始行', 8),
      pageSize: text('每页条数', 6),
      pageNum: text('页码', 6),
      recordCounts: text('总条数', 8),
      pages: text('总页数', 6),
      data: list(
        '目录',
        fields(
          seenIn('OH', {
            ...own,
            insu_admdvs: text('参保机构医保区划', 6),
            begndate: text('开始日期', 19),
            enddate: text('结束日期', 19),
            vali_flag: coded('有效标志', { 0: '无效', 1: '有效' }),
            rid: text('唯一记录号', 40),
            updt_time: text('更新时间', 19),
          }),
        ),
      ),
    }),
  )

interface Asked {
  readonly query_date?: string
  readonly hilist_code?: string
  readonly med_list_codg?: string
  readonly list_type?: string
  readonly chrgitm_lv?: string
  readonly vali_flag?: string
  readonly updt_time: string
  readonly page_num: number | string
  readonly page_size: number | string
}

function directoryQuery(
  code: string,
  about: DirectoryQuery['about'],
  zh: string,
  en: string,
  asked: TProperties,
  told: TProperties,
  rowOf: (item: Item, request: Writing) => object,
) {
  const [input, output] = [conditions(asked), rows(told)]
  // BM’s 1319 is not asked by code, and its 1317 has no answer; IB and DG have both.
  alsoSeenIn('BM', input.properties.data.properties, code === '1319' ? ['hilist_code'] : [])
  alsoSeenIn(code === '1317' ? 'IB DG' : 'BM', output.properties.data.items.properties)
  if (code === '1319') alsoSeenIn('IB DG', input.properties.data.properties)
  return nationalMessage({
    code,
    zh,
    en,
    does: 'queryDirectory',
    input,
    output,
    read: ({ data }) => {
      const { query_date = '', updt_time, page_num, page_size, ...conditions } = data as unknown as Asked
      return {
        about,
        code: conditions.hilist_code ?? conditions.med_list_codg ?? '',
        type: conditions.list_type ?? '',
        level: conditions.chrgitm_lv ?? '',
        on: query_date.slice(0, 10),
        updatedSince: updt_time.slice(0, 10),
        isValid: conditions.vali_flag !== '0',
        page: Number(page_num),
        pageSize: Number(page_size),
      }
    },
    write: ({ page, pageSize, total, items }, writing) => {
      const pages = Math.ceil(total / pageSize)
      return {
        firstPage: String(page === 1),
        lastPage: String(page >= pages),
        size: String(items.length),
        startRow: String((page - 1) * pageSize + 1),
        pageSize: String(pageSize),
        pageNum: String(page),
        recordCounts: String(total),
        pages: String(pages),
        data: items.map((item) => ({
          ...rowOf(item, writing),
          insu_admdvs: writing.homePlace,
          begndate: `${item.from} 00:00:00`,
          enddate: '',
          vali_flag: '1',
          rid: `RID${item.code}`,
          updt_time: `${item.from} 00:00:00`,
        })),
      } as never
    },
    businessKey: ({ data }) => String((data as unknown as Asked).page_num),
  })
}

export const directoryQueries = [
  directoryQuery(
    '1312',
    'items',
    '医保目录信息查询',
    'Insurance directory looked up',
    {
      ...hilist(),
      hilist_name: optional(text('医保目录名称', 200, ignored)),
      chrgitm_lv: optional(coded('收费项目等级', levels, enforced)),
      ...listType(),
    },
    {
      hilist_code: text('医保目录编码', 30),
      hilist_name: text('医保目录名称', 200),
      med_chrgitm_type: text('医疗收费项目类别', 6),
      chrgitm_lv: text('收费项目等级', 3),
      lmt_used_flag: text('限制使用标志', 3),
      list_type: text('目录类别', 3),
    },
    ({ code, name, level, type }) => ({
      hilist_code: code,
      hilist_name: name,
      med_chrgitm_type: '',
      chrgitm_lv: level,
      lmt_used_flag: '0',
      list_type: type,
    }),
  ),
  directoryQuery(
    '1316',
    'matches',
    '医疗目录与医保目录匹配信息查询',
    'Matches of medical and insurance directory',
    { ...hilist(), ...listType() },
    {
      med_list_codg: text('医疗目录编码', 50),
      hilist_code: text('医保目录编码', 30),
      list_type: text('目录类别', 3),
      memo: text('备注', 500),
    },
    ({ code, type }) => ({ med_list_codg: code, hilist_code: code, list_type: type, memo: '' }),
  ),
  directoryQuery(
    '1317',
    'site-matches',
    '医药机构目录匹配信息查询',
    'Matches of an institution',
    {
      fixmedins_code: optional(text('定点医药机构编号', 30, ignored)),
      medins_list_codg: optional(text('定点医药机构目录编号', 30, ignored)),
      med_list_codg: optional(text('医疗目录编码', 50, enforced)),
      ...listType(),
    },
    {
      fixmedins_code: text('定点医药机构编号', 30),
      medins_list_codg: text('定点医药机构目录编号', 50),
      medins_list_name: text('定点医药机构目录名称', 200),
      list_type: text('目录类别', 3),
      med_list_codg: text('医疗目录编码', 50),
    },
    ({ code, name, type }, { site }) => ({
      fixmedins_code: institutionCode(site),
      medins_list_codg: code,
      medins_list_name: name,
      list_type: type,
      med_list_codg: code,
    }),
  ),
  directoryQuery(
    '1318',
    'price-limits',
    '医保目录限价信息查询',
    'Price limits looked up',
    {
      ...hilist(),
      hilist_lmtpric_type: optional(text('医保目录限价类型', 6, ignored)),
      overlmt_dspo_way: optional(text('医保目录超限处理方式', 6, ignored)),
    },
    {
      hilist_code: text('医保目录编码', 30),
      hilist_lmtpric_type: text('医保目录限价类型', 6),
      overlmt_dspo_way: text('医保目录超限处理方式', 6),
      hilist_pric_uplmt_amt: yuan('医保目录定价上限金额'),
    },
    ({ code, limitFen }) => ({
      hilist_code: code,
      hilist_lmtpric_type: '101',
      overlmt_dspo_way: '1',
      hilist_pric_uplmt_amt: limitFen === undefined ? '0.00' : yuanOf(limitFen),
    }),
  ),
  directoryQuery(
    '1319',
    'self-pay',
    '医保目录先自付比例信息查询',
    'Shares paid first looked up',
    {
      ...hilist(),
      selfpay_prop_psn_type: optional(text('医保目录自付比例人员类别', 6, ignored)),
      selfpay_prop_type: optional(text('目录自付比例类别', 6, ignored)),
    },
    {
      hilist_code: text('医保目录编码', 30),
      selfpay_prop_psn_type: text('医保目录自付比例人员类别', 6),
      selfpay_prop_type: text('目录自付比例类别', 6),
      selfpay_prop: decimal('自付比例', 4),
    },
    ({ code, selfPayBasisPoints }) => ({
      hilist_code: code,
      selfpay_prop_psn_type: '1',
      selfpay_prop_type: '1',
      selfpay_prop: (selfPayBasisPoints / 10_000).toFixed(4),
    }),
  ),
] as const
