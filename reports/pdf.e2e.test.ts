/** The page on paper. Fails with NOT RUN where no browser can be had. */
import { expect, test } from 'vitest'
import { launchChromium } from '../tools/chromium.ts'
import { type PdfTools, pdfReport } from './pdf.ts'
import { sampleRunResult } from './testing/sample-run-result.ts'

const sample = sampleRunResult()
const pagesOf = (pdf: Uint8Array): number =>
  Buffer.from(pdf)
    .toString('latin1')
    .match(/\/Type \/Page\b/g)?.length ?? 0
const tools: PdfTools = { launch: launchChromium, packagedFont: () => undefined, showsChinese: async () => false }

test('a report is printed with the packaged Chinese letters, in one language or in both', async () => {
  const [both, one] = [await pdfReport(sample, ['zh', 'en']), await pdfReport(sample, ['zh'])]
  if (!both.ok || !one.ok) throw new Error(`${both.ok ? '' : both.problem.en} ${one.ok ? '' : one.problem.en}`)
  for (const { pdf } of [both, one]) {
    const text = Buffer.from(pdf).toString('latin1')
    expect(text.slice(0, 5)).toBe('%PDF-')
    expect(text).toMatch(/\/FontName \/[A-Z]{6}\+NotoSansSC/)
  }
  expect(pagesOf(one.pdf)).toBeGreaterThan(5)
  expect(pagesOf(both.pdf)).toBeGreaterThan(pagesOf(one.pdf) * 1.7)
}, 60_000)

test('where no Chinese letters can be shown there is no PDF, and both ways out are named', async () => {
  const made = await pdfReport(sample, ['en'], tools)
  expect(made).toMatchObject({ ok: false, why: 'no-chinese-font' })
  if (!made.ok) for (const text of [made.problem.en, made.problem.zh]) expect(text).toMatch(/noto-sans-sc.*fonts-noto-cjk/)
}, 60_000)

test('where no browser starts the reason is told, and what to do', async () => {
  const launch = async (): Promise<never> => {
    throw new Error('NOT RUN: no Chromium starts here\nmore')
  }
  const made = await pdfReport(sample, ['zh'], { ...tools, launch })
  expect(made).toMatchObject({ ok: false, why: 'no-browser' })
  if (!made.ok) for (const text of [made.problem.en, made.problem.zh]) expect(text).toMatch(/MEDPAY_CHROMIUM.*no Chromium starts here$/)
})
