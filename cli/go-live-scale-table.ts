import { formatClock, formatInterval, formatNumber, formatValue } from '../reports/format.ts'
import { textTable } from '../reports/text-table.ts'
import { type Language, said, wordsFor } from '../reports/words.ts'
import type { RunResult } from '../simulators/measures/run-result.ts'

const headings: Readonly<Record<Language, readonly string[]>> = {
  en: ['scale', 'morning', 'sites', 'last ready', 'late', 'sign-ups', 'lost', 'delay a visit', '95 % interval', 'bureau calls/s'],
  zh: ['规模', '早晨', '执业点', '最后就绪', '未按时', '签约', '中断', '每次就诊多用', '95% 区间', '医保局峰值（次/秒）'],
}
const words = { en: { title: 'Going live, scale by scale', never: 'none switches' }, zh: { title: '各规模下的上线早晨', never: '无切换' } }
const numericColumns: readonly number[] = [0, 2, 3, 4, 5, 6, 7, 9]

/** Where the knee is: when the last site was ready, sign-ups lost and the delay to who was there, of several scales under each other. */
export function goLiveScaleTable(results: readonly RunResult[], languages: readonly Language[]): string[] {
  if (results.every(({ goLive }) => goLive.length === 0)) return []
  return languages.flatMap((language) => ['', words[language].title, ...oneTable(results, language)])
}

function oneTable(results: readonly RunResult[], language: Language): readonly string[] {
  const { ui } = wordsFor(language)
  const rows = results.flatMap((result) =>
    result.goLive
      .flatMap(({ title, mornings }) => mornings.map((morning) => ({ title, morning })))
      .map(({ title, morning }, index) => {
        const bureau = morning.peakCallsPerSecond.find(({ party }) => party === 'bureau')
        const { delayMinutesInterval: interval, lastSiteReadySecond: ready } = morning
        const isOfMany = said(title, language) !== said(morning.title, language)
        return [
          index === 0 ? String(result.scenario.scale) : '',
          isOfMany ? `${said(title, language)} · ${said(morning.title, language)}` : said(title, language),
          formatNumber(morning.sitesSwitching, language, 0),
          ready === null ? words[language].never : formatClock(ready),
          formatNumber(morning.sitesNotReadyBy0830, language, 0),
          formatNumber(morning.signUpsAttempted, language, 0),
          formatNumber(morning.signUpsLost, language, 0),
          index === 0 ? '' : formatValue(morning.delayMinutesPerVisit, 'min', language, true),
          index === 0 ? '' : interval === null ? ui.noInterval : formatInterval(interval, 'min', language, true),
          bureau === undefined ? '' : formatNumber(bureau.calls, language, 0),
        ]
      }),
  )
  return textTable(
    headings[language].map((title, column) => ({ title, numeric: numericColumns.includes(column) })),
    rows,
  )
}
