/** One try of a row, from its first request to its outcome: sends what the adapter asks for and hands back what was heard. */
import http, { type RefinedResponse } from 'k6/http'
import type { PlaySettings } from '../simulators/trace/play.ts'
import type { SeenAnswer, SeenCall } from '../simulators/trace/seen-row.ts'
import { traceParentHeader } from '../simulators/trace/trace-parent.ts'
import type { Adapter, AdapterRequest, Heard, Outcome, Try } from './adapter.ts'
import { signatureOf } from './sign.ts'
import { sleepUntil } from './sleep.ts'
import { stepProblem } from './step-problem.ts'
import { type Asked, tryOf } from './try-of.ts'

/** The try, until when of the machine's clock it is waited for, and the header that names it to whoever passes it on. */
export type AskedUntil = Asked & {
  readonly untilMs: number
  readonly traceparent: string
  /** Called where the entry has answered all that it answers by itself and is to hand on what follows. */
  readonly onEntered: () => void
}

export type Talked =
  | { readonly is: 'no-door' }
  | {
      readonly is: 'talked'
      readonly outcome: Outcome
      readonly answer: SeenAnswer
      readonly sentMs: number
      readonly heard: readonly Heard[]
    }

export type Conversation = (asked: AskedUntil) => Promise<Talked>

const errorOfRefusedConnection = 1212
/** An adapter that never ends an attempt is stopped. */
const mostRequests = 100

export function conversation(settings: PlaySettings, target: Adapter, beginMs: number): Conversation {
  const { rules } = settings
  const patienceMs = rules.timeoutMs.entry + rules.timeoutMs.platform
  return async ({ untilMs, traceparent, onEntered, ...asked }) => {
    const { row, key } = asked
    const { adapter, one } = tryOf(settings, target, asked)
    const by = one.entryName
    const heard: Heard[] = []
    const calls: SeenCall[] = []
    let sentMs: number | undefined
    let enteredMs: number | undefined
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
          heard,
          answer: {
            ...answerOf(outcome, key, by, first - beginMs, Date.now() - beginMs, calls),
            ...(enteredMs === undefined ? {} : { enteredMs }),
          },
        }
      }
      if (step.request.handsOn === true && heard.length > 0) {
        enteredMs = Date.now() - beginMs
        onEntered()
      }
      if (step.afterMs !== undefined) await sleepUntil(Date.now() + step.afterMs)
      const startMs = Date.now()
      sentMs ??= startMs
      const { patience } = step.request
      const timeoutMs = Math.max(1, Math.min(patience === undefined ? patienceMs : rules.timeoutMs[patience], untilMs - startMs))
      const answer = await send(step.request, timeoutMs, { errand: row.errand, entry: by }, traceparent)
      heard.push(answer)
      calls.push({ name: step.request.name, status: answer.status, ms: Date.now() - startMs, bytes: answer.body.length })
    }
  }

  async function send(request: AdapterRequest, timeoutMs: number, tags: Record<string, string>, traceparent: string): Promise<Heard> {
    const { method, url, headers = {}, body = '', name, signed } = request
    const signature = signed === undefined ? {} : signatureOf(settings.secret, signed.as, signed.to, method, pathOf(url), body)
    let response: RefinedResponse<'text'>
    try {
      response = await http.asyncRequest(method, url, method === 'GET' ? null : body, {
        headers: { ...headers, [traceParentHeader]: traceparent, ...signature },
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
      // Most answers are read without them, and handing them over costs as much as reading the body.
      get headers() {
        return Object.fromEntries(Object.entries(response.headers).map(([key, value]) => [key.toLowerCase(), value]))
      },
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
