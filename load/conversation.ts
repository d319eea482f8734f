/** One try of a row, from its first request to its outcome: sends what the adapter asks for and hands back what was heard. */
import http, { type RefinedResponse } from 'k6/http'
import type { PlayedRow, PlayedVisit, PlaySettings } from '../simulators/trace/play.ts'
import type { SeenAnswer, SeenCall } from '../simulators/trace/seen-row.ts'
import type { Adapter, AdapterRequest, Heard, Outcome, Try } from './adapter.ts'
import { adapter as hospital } from './adapters/hospital.ts'
import { signatureOf } from './sign.ts'
import { sleepUntil } from './sleep.ts'
import { stepProblem } from './step-problem.ts'

export interface Asked {
  readonly row: PlayedRow
  readonly person: PlayedVisit['person']
  readonly mode: PlayedRow['mode']
  readonly key: string
  readonly sends: Try['sends']
  readonly payment: string | undefined
  /** −1: at the hospital's window or kiosk. */
  readonly entry: number
  /** Of the machine's clock; nothing is waited for after it. */
  readonly untilMs: number
}

export type Talked =
  | { readonly is: 'no-door' }
  | { readonly is: 'talked'; readonly outcome: Outcome; readonly answer: SeenAnswer; readonly sentMs: number }

export type Conversation = (asked: Asked) => Promise<Talked>

const errorOfRefusedConnection = 1212
/** An adapter that never ends an attempt is stopped. */
const mostRequests = 100

export function conversation(settings: PlaySettings, target: Adapter, beginMs: number): Conversation {
  const { rules, origins } = settings
  const patienceMs = rules.timeoutMs.entry + rules.timeoutMs.platform
  return async ({ row, person, mode, key, sends, payment, entry, untilMs }) => {
    const atHospital = mode === 'window' || mode === 'kiosk'
    const adapter = atHospital ? hospital : target
    const origin = atHospital ? origins.his : (origins.target ?? origins.entries[entry] ?? '')
    const entryName = atHospital ? 'hospital' : (rules.channels[entry] ?? '')
    const one: Try = { sends, payment, row, person, mode, key, entry, entryName, origin, businessDate: settings.businessDate }
    const heard: Heard[] = []
    const calls: SeenCall[] = []
    let sentMs: number | undefined
    for (;;) {
      const step = nextOf(adapter, one, heard)
      if (step.does === 'no-door' && sentMs === undefined) return { is: 'no-door' }
      if (step.does !== 'send') {
        const outcome: Outcome =
          step.does === 'end' ? step.outcome : { is: 'failed', at: 'platform', mayHaveArrived: true, reason: 'the adapter knows no way on' }
        const first = sentMs ?? Date.now()
        return {
          is: 'talked',
          outcome,
          sentMs: first,
          answer: answerOf(outcome, key, entryName, first - beginMs, Date.now() - beginMs, calls),
        }
      }
      if (step.afterMs !== undefined) await sleepUntil(Date.now() + step.afterMs)
      const startMs = Date.now()
      sentMs ??= startMs
      const timeoutMs = Math.max(1, Math.min(patienceMs, untilMs - startMs))
      const answer = await send(step.request, timeoutMs, { errand: row.errand, entry: entryName })
      heard.push(answer)
      calls.push({ status: answer.status, ms: Date.now() - startMs })
    }
  }

  async function send(request: AdapterRequest, timeoutMs: number, tags: Record<string, string>): Promise<Heard> {
    const { method, url, headers = {}, body = '', name, signed } = request
    const signature = signed === undefined ? {} : signatureOf(settings.secret, signed.as, signed.to, method, pathOf(url), body)
    let response: RefinedResponse<'text'>
    try {
      response = await http.asyncRequest(method, url, method === 'GET' ? null : body, {
        headers: { ...headers, ...signature },
        timeout: timeoutMs,
        tags: { ...tags, name },
        redirects: 0,
        responseType: 'text',
      })
    } catch (error) {
      // What the network does is an answer of status 0; this is a request that k6 cannot make.
      complain(`${method} ${url} cannot be sent: ${String(error)}`)
      return { status: 0, body: '', headers: {}, neverArrived: true }
    }
    return {
      status: response.status,
      body: response.body ?? '',
      headers: Object.fromEntries(Object.entries(response.headers).map(([key, value]) => [key.toLowerCase(), value])),
      neverArrived: response.error_code === errorOfRefusedConnection,
    }
  }

  function nextOf(adapter: Adapter, one: Try, heard: readonly Heard[]): ReturnType<Adapter['next']> {
    if (heard.length >= mostRequests) return failing(`no end after ${mostRequests} requests`)
    try {
      const step = adapter.next(one, heard)
      const problem = stepProblem(step)
      return problem === undefined ? step : failing(problem)
    } catch (error) {
      return failing(String(error))
    }
  }

  function complain(what: string): void {
    console.error(`adapter ${target.name}: ${what}`)
  }

  function failing(what: string): ReturnType<Adapter['next']> {
    complain(what)
    return { does: 'end', outcome: { is: 'failed', at: 'platform', mayHaveArrived: true, reason: 'adapter-failed' } }
  }
}

const pathOf = (url: string) => url.replace(/^https?:\/\/[^/]+/, '')

function answerOf(outcome: Outcome, key: string, by: string, sentMs: number, heardMs: number, calls: readonly SeenCall[]): SeenAnswer {
  const times = { key, by, sentMs, heardMs, calls }
  if (outcome.is === 'failed') return { outcome: 'no-answer', reason: outcome.reason, ...times }
  const { is, payment, reason, split } = outcome
  return {
    outcome: is,
    ...(payment === undefined ? {} : { payment }),
    ...(reason === undefined ? {} : { reason }),
    ...(split === undefined ? {} : { split }),
    ...times,
  }
}
