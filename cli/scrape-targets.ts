import type { ServedActor } from '../simulators/wire/serve.ts'

/** One entry of Prometheus' file-based service discovery. */
interface TargetGroup {
  readonly targets: readonly string[]
  readonly labels: Readonly<Record<string, string>>
}

/** Where Prometheus finds the actors. Each names itself in its metrics (label `actor`), so the list adds no name of its own. */
export function scrapeTargets(actors: readonly Pick<ServedActor, 'origin'>[]): readonly TargetGroup[] {
  const isTls = actors.some(({ origin }) => origin.startsWith('https:'))
  return [
    { targets: actors.map(({ origin }) => new URL(origin).host), labels: { job: 'medpay', ...(isTls ? { __scheme__: 'https' } : {}) } },
  ]
}

/** The addresses back from the text of such a list; undefined where it is none. */
export function originsOfTargets(text: string): readonly string[] | undefined {
  const groups = JSON.parse(text) as unknown
  if (!Array.isArray(groups)) return undefined
  return groups.flatMap(({ targets, labels }: TargetGroup) => targets.map((target) => `${labels['__scheme__'] ?? 'http'}://${target}`))
}
