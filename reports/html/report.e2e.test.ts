/** The page in a real browser: both languages, a telephone and a desk. Fails with NOT RUN where no browser can be had. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from '../../tools/chromium.ts'
import { sampleOfThreeArms } from '../testing/sample-of-three-arms.ts'
import { htmlReport } from './report.ts'

let folder = ''
let address = ''
let browser: Browser

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'report 报告 '))
  writeFileSync(join(folder, 'report.html'), htmlReport(sampleOfThreeArms(), { languages: ['zh', 'en'] }))
  address = pathToFileURL(join(folder, 'report.html')).href
  browser = await launchChromium()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Opens the page from disk; whatever it asks of a network, or complains of, is collected. */
async function opened(
  width: number,
  language: 'zh' | 'en',
  scheme: 'light' | 'dark' = 'light',
): Promise<{ page: Page; complaints: string[] }> {
  const complaints: string[] = []
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme })
  page.on('console', (message) => complaints.push(`console: ${message.text()}`))
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
  page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`))
  page.on('request', (request) => {
    if (!/^(file|data):/.test(request.url())) complaints.push(`network: ${request.url()}`)
  })
  await page.goto(address)
  await page.addStyleTag({ content: chineseFont })
  await page.evaluate('document.fonts.ready.then(() => true)')
  await page.click(`button[data-set-language=${language}]`)
  return { page, complaints }
}

/** Real Chinese letters also on a machine that has none, so that widths are true. */
const chineseFont = (() => {
  const file = fileURLToPath(import.meta.resolve('@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-400-normal.woff2'))
  return `@font-face{font-family:"Noto Sans CJK SC";src:url(data:font/woff2;base64,${readFileSync(file).toString('base64')})}`
})()

/** Runs in the page. Labels of each visible chart that lie over one another, or reach out of their chart. */
const misplacedLabels = `[...document.querySelectorAll('svg[role=img]')].filter((svg) => svg.getBoundingClientRect().width > 0).flatMap((svg) => {
  const frame = svg.getBoundingClientRect()
  const labels = [...svg.querySelectorAll('text')].map((node) => ({ text: node.textContent, box: node.getBoundingClientRect() })).filter(({ box }) => box.width > 0)
  const name = svg.getAttribute('aria-label')
  const clipped = labels.filter(({ box }) => box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 2 || box.bottom > frame.bottom + 2).map(({ text }) => name + ': clipped ' + text)
  // Lines of one wrapped label touch by their leading; two pixels of it are no overlap.
  const over = labels.flatMap((one, index) => labels.slice(index + 1).filter((other) => Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left) > 1 && Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top) > 3).map((other) => name + ': ' + one.text + ' over ' + other.text))
  return [...clipped, ...over]
})`

const views = [
  [390, 'zh'],
  [390, 'en'],
  [768, 'en'],
  [1280, 'zh'],
  [1280, 'en'],
] as const

test.each(views)(
  'at %i px in %s nothing overflows, overlaps, is clipped, fails or asks for a network',
  async (width, language) => {
    const { page, complaints } = await opened(width, language)
    const shown = await page.evaluate(
      `({ width: document.documentElement.scrollWidth, charts: [...document.querySelectorAll('svg[role=img]')].filter((svg) => svg.getBoundingClientRect().width > 0).length })`,
    )
    expect(shown).toMatchObject({ width })
    expect((shown as { charts: number }).charts).toBeGreaterThanOrEqual(12)
    expect(await page.evaluate(misplacedLabels)).toEqual([])
    expect(complaints).toEqual([])
    await page.close()
  },
  60_000,
)

test('opened tables stay inside the page, at the width of a telephone too', async () => {
  const { page } = await opened(390, 'en')
  await page.evaluate(`document.querySelectorAll('details').forEach((one) => { one.open = true })`)
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
  await page.close()
}, 60_000)

test('the first stop of the keyboard leads to the answer, and every folded table can be opened by it', async () => {
  const { page } = await opened(1280, 'en')
  // Opened again: the keyboard starts at the top, and the language chosen before is kept.
  await page.reload()
  await page.keyboard.press('Tab')
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the answer')
  await page.keyboard.press('Enter')
  expect(await page.evaluate('location.hash')).toBe('#en-answer')
  await page.focus('#en-adoption-minutes summary')
  await page.keyboard.press('Enter')
  expect(await page.evaluate(`document.querySelector('#en-adoption-minutes details').open`)).toBe(true)
  expect(await page.evaluate(`document.querySelector('#en-adoption-minutes .scroll').tabIndex`)).toBe(0)
  await page.close()
}, 60_000)

test('on paper nothing reaches beyond the sheet, and charts and letters stay on the light side', async () => {
  const { page } = await opened(688, 'zh', 'dark')
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  for (const language of ['zh', 'en']) {
    await page.evaluate(`document.documentElement.dataset.language = '${language}'`)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(688)
    expect(await page.evaluate(misplacedLabels)).toEqual([])
  }
  expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)')
  // No heading ends a page: it, what introduces it and the picture after it stay together, and none of them is broken inside.
  const loose = `[...document.querySelectorAll('.mark, h2, h3, .caption, .intro, section > p.lead')].filter((one) => { const { breakAfter, breakInside } = getComputedStyle(one); return breakAfter !== 'avoid' || breakInside !== 'avoid' }).map((one) => one.textContent)`
  expect(await page.evaluate(loose)).toEqual([])
  await page.close()
}, 60_000)

test('one language shows at a time, the switch works by keyboard, and the page says its language', async () => {
  const { page } = await opened(1280, 'zh')
  expect(await page.evaluate('document.documentElement.lang')).toBe('zh-CN')
  await page.focus('button[data-set-language=en]')
  await page.keyboard.press('Enter')
  expect(await page.evaluate('document.documentElement.lang')).toBe('en')
  expect(await page.evaluate(`[...document.querySelectorAll('main')].map((main) => getComputedStyle(main).display)`)).toEqual([
    'none',
    'grid',
  ])
  expect(await page.title()).toContain('A sample weekday')
  await page.close()
}, 60_000)

test('the page opens in the browser’s language, unless the address or an earlier choice says otherwise; without a script it shows both', async () => {
  const shown = async (locale: string, search = '', javaScriptEnabled = true): Promise<readonly string[]> => {
    const context = await browser.newContext({ locale, javaScriptEnabled })
    const page = await context.newPage()
    await page.goto(address + search)
    const languages = await Promise.all(
      (['zh', 'en'] as const).map(async (one) => ((await page.isVisible(`main[data-language=${one}]`)) ? one : '')),
    )
    if (javaScriptEnabled && search === '') {
      // What is chosen stays chosen.
      await page.click('button[data-set-language=zh]')
      await page.reload()
      expect(await page.isVisible('main[data-language=zh]')).toBe(true)
    }
    await context.close()
    return languages.filter((one) => one !== '')
  }
  expect(await shown('en-GB')).toEqual(['en'])
  expect(await shown('zh-TW')).toEqual(['zh'])
  expect(await shown('fr-FR')).toEqual(['zh'])
  expect(await shown('zh-CN', '?lang=en')).toEqual(['en'])
  expect(await shown('zh-CN', '#en-guards')).toEqual(['en'])
  expect(await shown('en-GB', '', false)).toEqual(['zh', 'en'])
}, 60_000)

test('dark follows the system, the switch overrules it, and chart text stays readable in both', async () => {
  const contrast = `(() => {
    const shade = (colour) => { const [r, g, b] = colour.match(/[0-9.]+/g).map(Number).map((v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4 }); return 0.2126 * r + 0.7152 * g + 0.0722 * b }
    const paper = shade(getComputedStyle(document.body).backgroundColor)
    const worst = (nodes, key) => Math.min(...nodes.map((node) => shade(getComputedStyle(node)[key])).map((ink) => (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05)))
    return { paper, chart: worst([...document.querySelectorAll('svg[role=img] text:not([fill="var(--paper)"])')], 'fill'), text: worst([...document.querySelectorAll('p, th, td, a')], 'color') }
  })()`
  const { page } = await opened(1280, 'zh', 'dark')
  const dark = (await page.evaluate(contrast)) as { paper: number; chart: number; text: number }
  await page.click('button[data-set-theme=light]')
  const light = (await page.evaluate(contrast)) as typeof dark
  expect(dark.paper).toBeLessThan(0.05)
  expect(light.paper).toBeGreaterThan(0.9)
  for (const one of [dark, light]) expect(Math.min(one.chart, one.text)).toBeGreaterThanOrEqual(4.5)
  await page.close()
}, 60_000)

test('the search field narrows the numbers and counts what is left', async () => {
  const { page } = await opened(1280, 'en')
  await page.click('#en-assumptions > details summary')
  await page.fill('input[data-filters=en-numbers]', 'deductible')
  expect(await page.textContent('#en-numbers-shown')).toBe('1')
  expect(await page.evaluate(`[...document.querySelectorAll('#en-numbers tbody tr')].filter((row) => !row.hidden).length`)).toBe(1)
  await page.close()
}, 60_000)
