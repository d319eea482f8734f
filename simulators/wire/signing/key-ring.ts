/**
 * The keys of one run, all derived from one root secret, so that actors started apart agree on them by sharing one word.
 * Each pair of caller and callee has its own key; keys are parsed once.
 */
import { createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'

export interface KeyRing {
  /** The key by which `caller` signs to `callee`. */
  between(caller: string, callee: string): KeyObject
  /** Opens the control endpoints of every actor of the run. */
  readonly controlToken: string
  /** A secret of one actor for a purpose of its own (session tokens and the like). */
  own(actor: string, purpose: string): KeyObject
}

export function keyRing(rootSecret: string): KeyRing {
  const derive = (purpose: string) => createHmac('sha256', rootSecret).update(purpose).digest()
  const keys = new Map<string, KeyObject>()
  const keyOf = (purpose: string) => {
    const known = keys.get(purpose)
    if (known !== undefined) return known
    const key = createSecretKey(derive(purpose))
    keys.set(purpose, key)
    return key
  }
  return {
    between: (caller, callee) => keyOf(`hmac:${caller}→${callee}`),
    controlToken: derive('control').toString('base64url'),
    own: (actor, purpose) => keyOf(`own:${actor}:${purpose}`),
  }
}

/** For a run whose actors all live in this process. */
export const freshSecret = (): string => randomBytes(32).toString('base64url')
