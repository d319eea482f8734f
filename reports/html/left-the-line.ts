/** Whom the length of a visit leaves out: those who did not stay for it. */
import type { Page } from './page.ts'

/** Patients a day who turned away at a line or left it, beyond those of the first arm; undefined where that is not measured. */
export function leftTheLine({ look }: Page, arm: string): number | undefined {
  const visits = look.measure('visits', arm)
  const changes = (['balked-share', 'reneged-share'] as const).map((name) => look.difference(name, arm)?.value)
  const known = changes.filter((change) => change !== undefined)
  if (visits === undefined || known.length < changes.length) return undefined
  return known.reduce((sum, change) => sum + change, 0) * visits.value
}
