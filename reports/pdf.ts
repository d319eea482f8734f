/**
 * The page on paper: the same HTML, printed by Chromium, in one language or in both, one after the other.
 * Chinese letters come from the packaged Noto Sans SC, so that a PDF looks alike on every machine; where that package is not installed,
 * from the machine's own fonts, and where it has none, there is no PDF: a page of empty boxes helps nobody.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import type { Words } from '../scenarios/plan.ts'
import type { RunResult } from '../simulators/measures/run-result.ts'
import { htmlReport } from './html/report.ts'
import type { Language } from './words.ts'

export type PdfReport =
  | { readonly ok: true; readonly pdf: Uint8Array }
  | { readonly ok: false; readonly why: 'no-browser' | 'no-chinese-font'; readonly problem: Words }

/** What printing needs from outside; a test takes one away. */
export interface PdfTools {
  readonly launch: () => Promise<Browser>
  /** The packaged font's style sheet; undefined where it is not installed. */
  readonly packagedFont: () => string | undefined
  readonly showsChinese: (page: Page) => Promise<boolean>
}

const ownTools: PdfTools = {
  launch: async () => (await import('../tools/chromium.ts')).launchChromium(),
  packagedFont,
  showsChinese,
}

export async function pdfReport(result: RunResult, languages: readonly Language[], tools: PdfTools = ownTools): Promise<PdfReport> {
  let browser: Browser
  try {
    browser = await tools.launch()
  } catch (error) {
    return { ok: false, why: 'no-browser', problem: noBrowser(error) }
  }
  try {
    const page = await browser.newPage()
    await page.setContent(htmlReport(result, { languages }))
    const font = tools.packagedFont()
    if (font !== undefined) await page.addStyleTag({ content: font })
    await page.evaluate('document.fonts.ready.then(() => true)')
    if (!(await tools.showsChinese(page))) return { ok: false, why: 'no-chinese-font', problem: noChineseFont }
    if (languages.length > 1) await page.evaluate(`document.documentElement.dataset.language = 'all'`)
    const pdf = await page.pdf({
      format: 'A4',
      printBackground: true,
      tagged: true,
      outline: true,
      displayHeaderFooter: true,
      headerTemplate: '<span></span>',
      footerTemplate:
        '<div style="width:100%;font:8px sans-serif;color:#58626e;text-align:center"><span class="pageNumber"></span> / <span class="totalPages"></span></div>',
      margin: { top: '14mm', bottom: '16mm', left: '14mm', right: '14mm' },
    })
    return { ok: true, pdf }
  } finally {
    await browser.close()
  }
}

const family = 'Medpay Noto Sans SC'

function packagedFont(): string | undefined {
  try {
    const faces = [400, 700].map((weight) => {
      const file = import.meta.resolve(`@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-${weight}-normal.woff2`)
      const data = readFileSync(fileURLToPath(file)).toString('base64')
      return `@font-face{font-family:"${family}";font-weight:${weight};src:url(data:font/woff2;base64,${data})}`
    })
    return `${faces.join('')}html,main[lang]{font-family:"${family}",sans-serif}`
  } catch {
    return undefined
  }
}

/** Without a font every Chinese letter is the same empty box: two unlike ones are drawn and compared. */
async function showsChinese(page: Page): Promise<boolean> {
  return page.evaluate(`(() => {
    const drawn = (letter) => {
      const canvas = document.createElement('canvas')
      canvas.width = canvas.height = 48
      const pen = canvas.getContext('2d')
      pen.font = '40px ' + getComputedStyle(document.querySelector('main')).fontFamily
      pen.fillText(letter, 4, 40)
      return canvas.toDataURL()
    }
    return drawn('医') !== drawn('付')
  })()`)
}

function noBrowser(error: unknown): Words {
  const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
  return {
    en: `no PDF was written: it is printed by Chromium, and none starts here. Install one (on Debian and Ubuntu: apt-get install chromium), name one in MEDPAY_CHROMIUM, or open report.html and print it from a browser. ${reason}`,
    zh: `没有写出 PDF：PDF 由 Chromium 打印，而本机无法启动。请安装（Debian、Ubuntu：apt-get install chromium），或用 MEDPAY_CHROMIUM 指定，或在浏览器中打开 report.html 打印。${reason}`,
  }
}

const noChineseFont: Words = {
  en: 'no PDF was written: this machine shows no Chinese letters. Install the packaged font (npm ci --include=dev brings @fontsource/noto-sans-sc) or a system one (apt-get install fonts-noto-cjk), then repeat.',
  zh: '没有写出 PDF：本机没有可用的中文字体。请安装随附字体（npm ci --include=dev 会装上 @fontsource/noto-sans-sc）或系统字体（apt-get install fonts-noto-cjk），然后重试。',
}
