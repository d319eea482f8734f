import { createHash } from 'node:crypto'
import type { Plan } from './plan.ts'

/** Names a plan by its whole content: equal plans, equal hash, whatever the order of their keys. */
export const planHash = (plan: Plan): string => createHash('sha256').update(canonicalJson(plan)).digest('hex')

/** JSON with sorted keys and no spaces. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`
  }
  return JSON.stringify(value)
}
