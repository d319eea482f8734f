/** What stands wrong in an adapter's step; undefined: nothing. An adapter is somebody else's, so nothing of it is believed. */
import type { Step } from './adapter.ts'

const ends = ['paid', 'done', 'refused', 'under-way', 'in-doubt', 'undone', 'failed']
const parts = ['fundFen', 'currentAccountFen', 'historyAccountFen', 'cashFen'] as const

export function stepProblem(step: unknown): string | undefined {
  const { does, request, outcome, afterMs = 0 } = (step ?? {}) as Partial<Record<'does' | 'request' | 'outcome' | 'afterMs', unknown>>
  switch (does as Step['does']) {
    case 'no-door':
      return undefined
    case 'send': {
      if (typeof afterMs !== 'number' || !(afterMs >= 0)) return `afterMs is ${String(afterMs)}, no milliseconds to wait`
      const { method, url, name } = (request ?? {}) as Partial<Record<'method' | 'url' | 'name', unknown>>
      if (!['GET', 'POST', 'PUT'].includes(String(method))) return `the request's method is ${String(method)}, none of GET, POST, PUT`
      if (typeof url !== 'string' || !/^https?:\/\/[^/]+\//.test(url)) return `the request's url is ${String(url)}, no address with a path`
      return typeof name === 'string' && name !== '' ? undefined : 'the request has no name'
    }
    case 'end':
      return outcomeProblem((outcome ?? {}) as Readonly<Record<string, unknown>>)
    default:
      return `an answer that is no step: ${JSON.stringify(step) ?? String(step)}`.slice(0, 200)
  }
}

function outcomeProblem({ is, at, payment, split }: Readonly<Record<string, unknown>>): string | undefined {
  if (!ends.includes(String(is))) return `an outcome that is ${String(is)}, none of ${ends.join(', ')}`
  if (is === 'failed' && !['entry', 'platform', 'hospital'].includes(String(at)))
    return `failed at ${String(at)}, none of entry, platform, hospital`
  if (payment !== undefined && typeof payment !== 'string') return 'a payment whose number is no text'
  if (split === undefined) return undefined
  const told = (split ?? {}) as Readonly<Record<string, unknown>>
  const wrong = parts.find((part) => !Number.isSafeInteger(told[part]) || (told[part] as number) < 0)
  return wrong === undefined ? undefined : `a split whose ${wrong} is ${String(told[wrong])}, no whole fen`
}
