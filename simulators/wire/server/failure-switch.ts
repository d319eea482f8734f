/**
 * An actor's own failure, switched from outside: it refuses at once, takes requests and never answers, or answers late. Health, metrics
 * and control stay as they are, so that whoever watches sees what a patient cannot.
 */
import type { FastifyReply } from 'fastify'
import { type Static, Type } from 'typebox'
import { WireFailure } from './failures.ts'
import { choice } from './opening-schema.ts'

export const failureOrder = Type.Object(
  {
    /** `none` heals. */
    does: choice(['none', 'refuse', 'silent', 'slow'] as const),
    /** Milliseconds each answer is late, of the protocol clock; for `slow` alone. */
    lateMs: Type.Optional(Type.Integer({ minimum: 1, maximum: 600_000 })),
  },
  { additionalProperties: false },
)
export type FailureOrder = Static<typeof failureOrder>

export class FailureSwitch {
  readonly #wait: (ms: number) => Promise<void>
  #order: FailureOrder = { does: 'none' }
  /** Connections that wait for an answer which will not come. */
  readonly #unanswered = new Set<FastifyReply>()
  #touched = 0

  constructor(wait: (ms: number) => Promise<void>) {
    this.#wait = wait
  }

  get order(): FailureOrder {
    return this.#order
  }

  /** Requests that met the failure so far. */
  get touched(): number {
    return this.#touched
  }

  set(order: FailureOrder): void {
    this.#order = order
    if (order.does !== 'silent') this.letGo()
  }

  /** Before any work: a request that meets a refusal or silence has no effect. */
  async meet(reply: FastifyReply): Promise<void> {
    const { does, lateMs = 0 } = this.#order
    if (does === 'none') return
    this.#touched += 1
    if (does === 'slow') return this.#wait(lateMs)
    if (does === 'refuse') throw new WireFailure('out-of-order')
    reply.hijack()
    this.#unanswered.add(reply)
    reply.raw.once('close', () => this.#unanswered.delete(reply))
  }

  /** Breaks the connections kept waiting, as a process that ends would. */
  letGo(): void {
    for (const reply of this.#unanswered) reply.raw.destroy()
    this.#unanswered.clear()
  }
}
