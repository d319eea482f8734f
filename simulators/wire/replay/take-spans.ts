/** Spans of service, taken from the actors while and after they play: what each request waited and was served for. */
import type { ServiceSpan } from '../server/service-line.ts'
import type { Conducted, ConductOptions } from './conduct.ts'
import { isPlatform } from './process-watch.ts'

/** What it hands back ends it and tells what was taken. */
export function gatherSpans(options: ConductOptions): () => Promise<Conducted['spans']> {
  const taken: Conducted['spans'][number][] = []
  let turn = Promise.resolve()
  const timer = setInterval(() => {
    turn = turn.then(async () => {
      for (const { actors, hasEnded } of options.wire.processes) {
        if (hasEnded()) continue
        // Whoever is down at the moment is asked again by the next turn.
        for (const span of await takeSpans(options, actors).catch(() => [])) taken.push(span)
      }
    })
  }, takeSpansEveryMs)
  return async () => {
    clearInterval(timer)
    await turn
    return taken
  }
}

export async function takeSpans({ wire }: ConductOptions, actors: readonly string[]): Promise<Conducted['spans']> {
  const taken = await Promise.all(
    actors.map(async (actor) => {
      const { spans } = (await wire.control.ask(actor, 'POST', '/control/spans/take', {})) as { spans: ServiceSpan[] }
      return spans.map((span) => ({ ...span, actor: isPlatform(actor) ? 'platform' : actor }))
    }),
  )
  return taken.flat()
}

/** An actor keeps so many spans that a longer window is looked after meanwhile; in a shorter one nobody is disturbed. */
const takeSpansEveryMs = 150_000
