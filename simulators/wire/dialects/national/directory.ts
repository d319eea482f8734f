/** 1301–1311 and 1313–1315 目录下载: the answer names a file that 9102 gives. */
import type { DirectoryName } from '../../desks/directory-item.ts'
import { count, fields, text } from '../field.ts'
import { nationalMessage } from './message.ts'

const directories: readonly (readonly [string, DirectoryName, string, string])[] = [
  ['1301', '101', '西药中成药目录下载', 'Directory of medicines'],
  ['1302', '103', '中药饮片目录下载', 'Directory of decoction pieces'],
  ['1303', '104', '医疗机构制剂目录下载', 'Directory of hospital preparations'],
  ['1304', '105', '民族药品目录下载', 'Directory of ethnic medicines'],
  ['1305', '201', '医疗服务项目目录下载', 'Directory of services'],
  ['1306', '301', '医用耗材目录下载', 'Directory of consumables'],
  ['1307', 'diagnosis', '疾病与诊断目录下载', 'Directory of diagnoses'],
  ['1308', 'operation', '手术操作目录下载', 'Directory of operations'],
  ['1309', 'chronic-disease', '门诊慢特病种目录下载', 'Directory of chronic diseases'],
  ['1310', 'disease-group', '按病种付费病种目录下载', 'Directory of diseases paid by case'],
  ['1311', 'day-surgery', '日间手术治疗病种目录下载', 'Directory of day surgery'],
  ['1313', 'tumour-morphology', '肿瘤形态学目录下载', 'Directory of tumour morphology'],
  ['1314', 'tcm-disease', '中医疾病目录下载', 'Directory of diseases in Chinese medicine'],
  ['1315', 'tcm-syndrome', '中医证候目录下载', 'Directory of syndromes in Chinese medicine'],
]

interface Sources {
  readonly ver: string
  readonly file: string
  readonly end: string
  readonly count: string
}
/** OH has all of them alike, but for data_cnt. 1304 is a query page by page in BM, IB and HH, and a download in OH alone. */
const onlyInOh: Sources = { ver: 'OH', file: 'OH', end: 'OH', count: 'unverified' }
const inYh = { file: 'OH YH', count: 'YH' } as const
/** Who else has which. BM sends the version of 1301–1305 beside data; DG calls data_cnt datalength. */
const alsoIn: Readonly<Record<string, Partial<Sources>>> = {
  '1301': { ver: 'OH BM DG', file: 'OH BM YH DG', end: 'OH BM DG', count: 'BM YH' },
  '1302': { ver: 'OH BM DG', file: 'OH YH DG', end: 'OH DG', count: 'YH' },
  '1303': { ver: 'OH BM', ...inYh },
  '1305': { ver: 'OH BM', ...inYh },
  '1306': { ver: 'OH BM', ...inYh },
  '1307': { ver: 'OH BM', ...inYh },
  '1309': { ver: 'OH DG', file: 'OH DG', end: 'OH DG' },
  '1314': { ver: 'OH BM', file: 'OH IB', end: 'OH IB', count: 'IB' },
  '1315': { ver: 'OH BM' },
}
const sourcesOf = (code: string): Sources => ({ ...onlyInOh, ...alsoIn[code] })

export const directoryMessages = directories.map(([code, directory, zh, en]) =>
  nationalMessage({
    code,
    zh,
    en,
    does: 'loadDirectory',
    input: fields({ data: fields({ ver: text('版本号', 30, { standing: 'enforced', minLength: 1, source: sourcesOf(code).ver }) }) }),
    output: fields({
      file_qury_no: text('文件查询号', 40, { source: sourcesOf(code).file }),
      filename: text('文件名', 200, { source: sourcesOf(code).file }),
      // YH spells dld_endtime.
      dld_end_time: text('下载截止时间', 19, { source: sourcesOf(code).end }),
      data_cnt: count('数据量', 9_999_999, { source: sourcesOf(code).count }),
    }),
    read: ({ data }) => ({ directory, since: data.ver }),
    write: ({ file, name, lastDay, count: rows }) => ({
      file_qury_no: file,
      filename: name,
      dld_end_time: `${lastDay} 23:59:59`,
      data_cnt: rows,
    }),
    businessKey: ({ data }) => data.ver,
  }),
)
