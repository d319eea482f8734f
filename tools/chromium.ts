/**
 * A Chromium to look at pages with: the one named in MEDPAY_CHROMIUM, one installed on this machine, or the one that
 * comes with the development packages. Where none starts, the reason is told; nobody may take that for a pass.
 */
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

const namesOnPath = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chromium-headless-shell']

/** A running browser, or an error that says NOT RUN and what was tried. */
export async function launchChromium(): Promise<Browser> {
  const tried: string[] = []
  for (const way of [installed, packaged]) {
    try {
      const browser = await way()
      if (browser !== undefined) return browser
      tried.push(`${way.name}: none found`)
    } catch (error) {
      tried.push(`${way.name}: ${error instanceof Error ? error.message.split('\n').slice(0, 3).join(' ') : String(error)}`)
    }
  }
  throw new Error(
    `NOT RUN: no Chromium starts here, so the pages were not looked at. Install one (apt-get install chromium) or name one in MEDPAY_CHROMIUM. Tried: ${tried.join('; ')}`,
  )
}

async function installed(): Promise<Browser | undefined> {
  const named = process.env['MEDPAY_CHROMIUM']
  const places = (process.env['PATH'] ?? '').split(delimiter)
  const executablePath = named ?? namesOnPath.flatMap((name) => places.map((place) => join(place, name))).find((path) => existsSync(path))
  if (executablePath === undefined) return undefined
  // Root has no user namespace to build a sandbox in, and only our own pages are opened.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
}

async function packaged(): Promise<Browser | undefined> {
  // The package unpacks the system libraries that a bare machine lacks only where it believes itself in that cloud's image.
  const before = process.env['AWS_EXECUTION_ENV']
  process.env['AWS_EXECUTION_ENV'] = before ?? 'AWS_Lambda_nodejs22.x'
  try {
    const { default: provided } = await import('@sparticuz/chromium')
    const executablePath = await provided.executablePath()
    // In one process, as the package asks for its cloud, the second page of a run takes the browser down with it on some machines.
    const args = provided.args.filter((argument) => !['--single-process', '--no-zygote', '--disable-web-security'].includes(argument))
    return await chromium.launch({ executablePath, args, env: { ...process.env } as Record<string, string> })
  } finally {
    if (before === undefined) delete process.env['AWS_EXECUTION_ENV']
  }
}
