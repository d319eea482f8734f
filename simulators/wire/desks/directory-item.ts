/**
 * 医保目录, synthetic: what an item is follows from its code, so that every version of the directory and every actor agree on it. A code is T, the
 * list's type and six digits; no real code begins with T followed by a type. ASSUMPTION: of ten items seven are 甲类, two 乙类 with
 * 10 or 20 % paid first by the patient and a price limit, one 丙类; the last twentieth of each list is for children alone (限儿童).
 */
import { type Fen, fenOf } from '../../money/fen.ts'

export const listTypes = {
  '101': '西药',
  '102': '中成药',
  '103': '饮片',
  '104': '自制剂',
  '105': '民族药',
  '201': '服务项目',
  '301': '医用材料',
} as const

export type ListType = keyof typeof listTypes

export interface DirectoryItem {
  readonly code: string
  readonly type: ListType
  readonly name: string
  /** 收费项目等级: 01 甲, 02 乙, 03 丙. */
  readonly level: '01' | '02' | '03'
  /** 先自付比例. */
  readonly selfPayBasisPoints: number
  /** 定价上限 of one; absent: none. */
  readonly limitFen?: Fen
  /** 限儿童. */
  readonly forChildren: boolean
}

/** Serial numbers from here on are items for children alone. */
export const firstForChildren = 950_000

/** Undefined: the directory has no such item, and it is paid by the patient. */
export function itemOf(code: string): DirectoryItem | undefined {
  const [, type, digits] = /^T(101|102|103|104|105|201|301)(\d{6})$/.exec(code) ?? []
  if (type === undefined || digits === undefined) return undefined
  const serial = Number(digits)
  const rest = serial % 10
  const forChildren = serial >= firstForChildren
  const shared = { code, type: type as ListType, name: `示例${listTypes[type as ListType]}${digits}`, forChildren }
  if (rest < 7) return { ...shared, level: '01', selfPayBasisPoints: 0 }
  if (rest < 9)
    return { ...shared, level: '02', selfPayBasisPoints: rest === 7 ? 1000 : 2000, limitFen: fenOf(5000 + (serial % 1000) * 10) }
  return { ...shared, level: '03', selfPayBasisPoints: 10_000 }
}

/** Lists that have codes and names alone. */
export const plainListTitles = {
  diagnosis: '诊断',
  operation: '手术操作',
  'chronic-disease': '门诊慢特病',
  'disease-group': '按病种付费病种',
  'day-surgery': '日间手术病种',
  'tumour-morphology': '肿瘤形态学',
  'tcm-disease': '中医疾病',
  'tcm-syndrome': '中医证候',
} as const

/** The lists a site can load, by what they hold. */
export type DirectoryName = ListType | keyof typeof plainListTitles

export function directoryCode(directory: DirectoryName, serial: number): string {
  const digits = String(serial).padStart(6, '0')
  return directory in plainListTitles ? `T-${directory}-${digits}` : `T${directory}${digits}`
}
