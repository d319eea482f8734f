/** A morning of going live on the wire beside the virtual city's: the storm, who could settle in time, the bureau's busiest second. */
import { clockOfSecond } from '../../simulators/engine/time.ts'
import type { GoLiveSide } from '../../simulators/measures/result-wire-go-live.ts'
import { formatNumber, formatValue } from '../format.ts'
import { type Cell, section, table } from './markup.ts'
import type { Page } from './page.ts'

export function wireGoLiveSection(page: Page): string {
  const goLive = page.result.wire?.goLive
  if (goLive === undefined) return ''
  const { language } = page
  const words = page.words.wire.goLive
  const number = (value: number | null, digits = 0) => (value === null ? '–' : formatNumber(value, language, digits))
  const until = clockOfSecond(goLive.untilSecond)
  const line = (title: string, of: (side: GoLiveSide) => string): readonly Cell[] => [title, of(goLive.wire), of(goLive.virtual)]
  const rows = [
    line(words.storm, ({ stormSeconds }) => (stormSeconds === null ? '–' : words.seconds(number(stormSeconds, 1)))),
    line(words.ready(until), ({ readySites }) =>
      words.readyText(number(readySites), number(goLive.sites), formatValue(readySites / goLive.sites, '1', language)),
    ),
    line(words.lastReady, ({ lastReadySecond }) => (lastReadySecond === null ? '–' : clockOfSecond(lastReadySecond))),
    line(words.peak, ({ peakBureauCallsPerSecond }) => number(peakBureauCallsPerSecond)),
    line(words.refused, ({ refused, unanswered }) => `${number(refused)} · ${number(unanswered)}`),
    line(words.late(until), ({ late }) => number(late)),
  ]
  const intro = words.intro(
    number(goLive.sites),
    number(goLive.terminals),
    number(goLive.directories),
    number(goLive.directoryBytes / 1e6, 1),
  )
  return section(
    page,
    'wiregolive',
    words.title,
    intro,
    table(words.title, [{ title: words.figure }, { title: words.wire }, { title: words.virtual }], rows),
  )
}
