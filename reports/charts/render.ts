/** An echarts option as inline SVG that takes its colours and its font from the page. */
import { type EChartsOption, init } from 'echarts'
import { type Colour, palette } from './palette.ts'

/** Two drawings of each chart, for a telephone and for a desk or paper; the page shows one. */
export const chartWidths = { narrow: 330, wide: 800 } as const
export type ChartWidth = keyof typeof chartWidths
export const fontPixels = 12

export interface Drawing {
  readonly option: EChartsOption
  readonly height: number
}
export type Draw = (width: ChartWidth) => Drawing

export function renderSvg(draw: Draw, width: ChartWidth, key: string, label: string): string {
  const { option, height } = draw(width)
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: chartWidths[width], height })
  try {
    chart.setOption({ animation: false, textStyle: { fontFamily: 'inherit', fontSize: fontPixels }, ...option })
    return onThePage(chart.renderToSVGString(), key, label)
  } finally {
    // An undisposed chart keeps the process from ending.
    chart.dispose()
  }
}

/** Strips what only a scripted chart needs, names the picture for a screen reader, and ties colours to the page's variables. */
function onThePage(svg: string, key: string, label: string): string {
  return (
    svg
      .replace(/<style[^>]*>[\s\S]*?<\/style>/g, '')
      // Tenths of a pixel are enough for a place; figures in a label keep all their digits.
      .replace(/<[^>]+>/g, (tag) => tag.replace(/(\.\d)\d+/g, '$1'))
      .replace(/ (?:ecmeta_[a-z_]+|pointer-events|xmlns|xmlns:xlink|baseProfile|version)="[^"]*"/g, '')
      .replace(/ class="zr\d+-cls-\d+"/g, '')
      .replace(/zr\d+-/g, `${key}-`)
      .replace(/<rect [^>]*fill="none"[^>]*><\/rect>\n?/, '')
      .replace(
        /^<svg width="(\d+)" height="(\d+)"/,
        (_, wide: string, high: string) => `<svg role="img" aria-label="${escaped(label)}" width="${wide}" height="${high}"`,
      )
      .replace(/font-family:[^;"]*;?/g, '')
      .replace(/"(#[0-9a-fA-F]{6})"/g, (whole, hex: string) => {
        const name = byHex.get(hex.toLowerCase())
        return name === undefined ? whole : `"var(--${name})"`
      })
      .replace(/<path [^>]*fill="none"[^>]*><\/path>/g, (path) => (path.includes('stroke=') ? path : ''))
      .replace(/ fill="#000"/g, '')
      .replace(/ xml:space="preserve"/g, '')
      .replace(/ style="font-size:(\d+)px;"/g, ' font-size="$1"')
      .replace(/<text [^>]*>/g, shortText)
      // What the page's style says of every chart need not stand at every stroke.
      .replace(/(<(?:path|polyline|line|circle|rect)\b[^>]*?) fill="none"/g, '$1')
      .replace(/ stroke-line(?:cap|join)="[a-z]+"/g, '')
      .replace(/><\/(?:path|polyline|line|circle|rect)>/g, '/>')
      .replace(/\n+/g, '')
      .replace(/ d="(M[-\d. L]+)"/g, (_, points: string) => ` d="${withoutFlatPoints(points)}"`)
      // Level and upright strokes need one number each.
      .replace(/ d="[^"]*"/g, (path) => path.replace(/l([-\d.]+) 0(?=[a-zA-Z"])/g, 'h$1').replace(/l0 ([-\d.]+)/g, 'v$1'))
      // Neighbours of one look are one stroke.
      .replace(/(?:<path d="[^"]*"([^>]*)\/>)(?:<path d="[^"]*"\1\/>)+/g, (paths, look: string) => {
        const strokes = [...paths.matchAll(/ d="([^"]*)"/g)].map(([, stroke]) => stroke)
        return `<path d="${strokes.join('')}"${look}/>`
      })
  )
}

/** A line keeps the ends of its level stretches; the points between them draw nothing. */
function withoutFlatPoints(stroke: string): string {
  const points = stroke.slice(1).split('L')
  const heightOf = (point: string | undefined): string | undefined => point?.trim().split(' ')[1]
  const kept = points.filter((point, index) => {
    const height = heightOf(point)
    return index === 0 || index === points.length - 1 || heightOf(points[index - 1]) !== height || heightOf(points[index + 1]) !== height
  })
  return `M${kept.join('L')}`
}

/** One place in place of a shift and an offset, and nothing that style.ts says for all labels. */
function shortText(tag: string): string {
  const number = (pattern: RegExp): number => Number(pattern.exec(tag)?.[1] ?? 0)
  const shift = /transform="translate\(([-\d.]+) ([-\d.]+)\)"/.exec(tag)
  const x = number(/ x="([-\d.]+)"/) + Number(shift?.[1] ?? 0)
  const y = number(/ y="([-\d.]+)"/) + Number(shift?.[2] ?? 0)
  const place = ` x="${Number(x.toFixed(1))}" y="${Number(y.toFixed(1))}"`
  return tag
    .replace(/ (?:x|y)="[-\d.]+"/g, '')
    .replace(/ transform="translate\([^)]*\)"/, '')
    .replace(/ dominant-baseline="central"| text-anchor="start"| font-size="12"| fill="var\(--ink\)"/g, '')
    .replace(' font-size="11" fill="var(--muted)"', ' class="k"')
    .replace(' text-anchor="middle" class="k"', ' class="k m"')
    .replace(' text-anchor="end" class="k"', ' class="k e"')
    .replace(' text-anchor="end"', ' class="e"')
    .replace('<text', `<text${place}`)
}

const byHex = new Map((Object.keys(palette) as Colour[]).map((name) => [palette[name].toLowerCase(), name]))
const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;')

/** Width in pixels that a text takes; a Chinese character is as wide as it is high. Generous, so that nothing is clipped. */
export function textPixels(text: string, pixels: number = fontPixels): number {
  let width = 0
  for (const letter of text) width += (letter.codePointAt(0) ?? 0) >= 0x2e80 ? pixels : pixels * 0.58
  return width
}

/** Breaks a label into lines no wider than asked: between words, or between Chinese characters. */
export function wrapped(text: string, maximumPixels: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of text.match(/[（“《「]?[⺀-鿿＀-￯]|[^\s⺀-鿿＀-￯]+\s*|\s+/g) ?? []) {
    // A closing mark stays with the word before it.
    if (line !== '' && textPixels((line + piece).trimEnd()) > maximumPixels && !/^[）。，、：；]/.test(piece)) {
      lines.push(line.trimEnd())
      line = ''
    }
    line += piece
  }
  if (line.trim() !== '') lines.push(line.trimEnd())
  return lines
}

/** Round steps for an axis from zero: 1, 2 or 5 times a power of ten, about `steps` of them. */
export function axisSteps(largest: number, steps: number): { readonly maximum: number; readonly interval: number } {
  if (!(largest > 0)) return { maximum: 1, interval: 1 }
  const rough = largest / steps
  const power = 10 ** Math.floor(Math.log10(rough))
  const interval = ([1, 2, 5, 10].find((one) => one * power >= rough * 0.999) ?? 10) * power
  return { maximum: Math.ceil((largest / interval) * 0.999999) * interval, interval }
}

/** An axis that ends where the longest bar and its text end; ticks stay round, and none is drawn at the ragged end. */
export function barAxis(largest: number, plotPixels: number, textPixelsAside: number, steps: number) {
  const maximum = largest > 0 ? (largest * plotPixels) / Math.max(40, plotPixels - textPixelsAside) : 1
  return { type: 'value' as const, min: 0, max: maximum, interval: axisSteps(maximum, steps).interval }
}
