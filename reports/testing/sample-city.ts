/** The made-up city of sample-run-result.ts: its slices, stations and parties by name. */
import type { Words } from '../../scenarios/plan.ts'

export const w = (zh: string, en: string): Words => ({ zh, en })
export const named = (name: string, zh: string, en: string) => ({ name, title: w(zh, en) })

export const districtWords: readonly (readonly [string, string, string])[] = [
  ['huangpu', '黄浦区', 'Huangpu'],
  ['xuhui', '徐汇区', 'Xuhui'],
  ['changning', '长宁区', 'Changning'],
  ['jingan', '静安区', 'Jing’an'],
  ['putuo', '普陀区', 'Putuo'],
  ['hongkou', '虹口区', 'Hongkou'],
  ['yangpu', '杨浦区', 'Yangpu'],
  ['minhang', '闵行区', 'Minhang'],
  ['baoshan', '宝山区', 'Baoshan'],
  ['jiading', '嘉定区', 'Jiading'],
  ['pudong', '浦东新区', 'Pudong New Area'],
  ['jinshan', '金山区', 'Jinshan'],
  ['songjiang', '松江区', 'Songjiang'],
  ['qingpu', '青浦区', 'Qingpu'],
  ['fengxian', '奉贤区', 'Fengxian'],
  ['chongming', '崇明区', 'Chongming'],
]
export const tierRows = [
  named('municipal-tertiary', '市级三级医院', 'Municipal tertiary hospitals'),
  named('district-tertiary', '区级三级医院', 'District tertiary hospitals'),
  named('secondary', '二级医院', 'Secondary hospitals'),
  named('community', '社区卫生服务中心', 'Community health centres'),
]
export const ageRows = [
  named('child', '儿童（0–17岁）', 'Children (0–17)'),
  named('young-adult', '青壮年（18–44岁）', 'Young adults (18–44)'),
  named('middle-aged', '中年（45–59岁）', 'Middle-aged (45–59)'),
  named('elderly', '老年（60岁及以上）', 'Elderly (60 and over)'),
]
export const insuredRows = [
  named('employee', '在职职工', 'Employees'),
  named('retired', '退休职工', 'Retired'),
  named('resident', '城乡居民', 'Residents'),
  named('out-of-town', '外地就医或自费', 'Out of town or self-paying'),
]
const hours = Array.from({ length: 24 }, (_, hour) => hour)
export const hourRows = hours.map((hour) => named(String(hour).padStart(2, '0'), `${hour}时`, `${hour}:00`))
export const modeRows = [
  named('window', '窗口', 'Window'),
  named('kiosk', '自助机', 'Kiosk'),
  named('phone', '诊间移动支付', 'Mobile payment in consultation'),
  named('credit', '脱卡信用付费', 'Card-free credit payment'),
]
export const switchRows = [named('adopt-40/switched', '改用者', 'Switched'), named('adopt-40/stayed', '未改用者', 'Stayed')]

export const stations = [
  { ...named('registration-window', '挂号窗口', 'Registration window'), payment: false },
  { ...named('kiosk', '自助机', 'Kiosk'), payment: true },
  { ...named('cashier-window', '收费窗口', 'Cashier window'), payment: true },
  { ...named('consulting-room', '诊室', 'Consulting room'), payment: false },
  { ...named('laboratory', '检验科采血处', 'Laboratory (blood drawing)'), payment: false },
  { ...named('imaging', '影像检查', 'Imaging'), payment: false },
  { ...named('pharmacy-window', '取药窗口', 'Pharmacy window'), payment: false },
  { ...named('emergency-room', '急诊室', 'Emergency room'), payment: false },
]
export const channels = Array.from({ length: 20 }, (_, index) => ({
  ...(index === 0
    ? named('suishenban', '随申办（主入口）', 'Suishenban (main entry)')
    : named(`entry-${index}`, `合成入口${index}号`, `Synthetic entry no. ${index}`)),
  kind: 'channel' as const,
  servers: index === 0 ? 400 : 40,
}))
const banks = Array.from({ length: 6 }, (_, index) => ({
  ...named(`bank-${index + 1}`, `合成银行${index + 1}`, `Synthetic bank ${index + 1}`),
  kind: 'bank' as const,
  servers: 24,
}))
export const parties = [
  ...channels,
  { ...named('platform', '统一基础平台', 'Common base platform'), kind: 'platform' as const, servers: 96 },
  { ...named('bureau', '市医保局', 'Municipal insurance bureau'), kind: 'bureau' as const, servers: 120 },
  ...banks,
]
