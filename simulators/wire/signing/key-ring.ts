/**
 * The keys of one run, all derived from one root secret, so that actors started apart agree on them by sharing one word.
 * Each pair of caller and callee has its own key; keys are parsed once.
 */
import { createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { type SignatureKind, switchedOff } from './signature-kinds.ts'

export interface KeyRing {
  /** The key by which `caller` signs to `callee`. */
  between(caller: string, callee: string): KeyObject
  /** Kinds of signatures that nobody makes or checks in this run. */
  readonly switchedOff: readonly SignatureKind[]
  /** Opens the control endpoints of every actor of the run. */
  readonly controlToken: string
  /** A secret of one actor for a purpose of its own (session tokens and the like). */
  own(actor: string, purpose: string): KeyObject
}

/** @param off kinds of signatures that this run does without; every process of it must be told alike */
export function keyRing(rootSecret: string, off: readonly SignatureKind[] = []): KeyRing {
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
    between(caller, callee) {
      const key = keyOf(`hmac:${caller}→${callee}`)
      return off.includes('hmac') ? switchedOff(key) : key
    },
    switchedOff: off,
    controlToken: derive('control').toString('base64url'),
    own: (actor, purpose) => keyOf(`own:${actor}:${purpose}`),
  }
}

/** For a run whose actors all live in this process. */
export const freshSecret = (): string => randomBytes(32).toString('base64url')
