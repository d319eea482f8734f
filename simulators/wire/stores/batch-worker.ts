/**
 * The main thread's side of a store that lives in a worker: commands of one turn of the event loop, and those that come while a batch is
 * being written, go together as the next one, so one fdatasync serves many payments. The queue drives it, no timer: an idle store writes
 * when the turn ends. Batches cross as JSON, which costs a third of what the engine's own copy of so many small objects does.
 */
import { Worker } from 'node:worker_threads'

/** One transaction holds at most this many commands, so that a full queue still answers in good time. */
export const largestBatch = 512

/** The store can no longer promise that what it is given will last (disk full, worker gone). Nothing after it was written. */
export class StoreFailed extends Error {
  override readonly name = 'StoreFailed'
}

export type BatchAnswer<Reply> = { readonly replies: readonly Reply[] } | { readonly failed: string }

interface Waiting<Command, Reply> {
  readonly command: Command
  readonly resolve: (reply: Reply) => void
  readonly reject: (error: Error) => void
}

export class BatchWorker<Command, Reply> {
  readonly #worker: Worker
  readonly #heardOfFailure: (why: StoreFailed) => void
  #queue: Waiting<Command, Reply>[] = []
  #inFlight: Waiting<Command, Reply>[] = []
  #failed: StoreFailed | undefined
  #ready: Promise<unknown>
  #closing = false
  #isDue = false
  #isOpen = false
  #exited = false
  #batches = 0
  #commands = 0

  /**
   * @param file the worker; it opens with `workerData` and says hello with its first message.
   * @param failed hears once why a store that was open can no longer be written; never that it was closed
   */
  constructor(file: URL, workerData: unknown, failed: (why: StoreFailed) => void = () => undefined) {
    this.#heardOfFailure = failed
    this.#worker = new Worker(file, { workerData })
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    this.#ready = promise
    // Whoever awaits ready hears of it; nobody else is to crash for it.
    promise.catch(() => undefined)
    this.#worker.once('message', (hello: { readonly hello: unknown } | { readonly failed: string }) => {
      if ('failed' in hello) {
        this.#fail(hello.failed, reject)
        return
      }
      this.#worker.on('message', (answer: string) => this.#answered(JSON.parse(answer) as BatchAnswer<Reply>))
      this.#isOpen = true
      resolve(hello.hello)
    })
    this.#worker.on('error', (error: Error) => this.#fail(error.message, reject))
    this.#worker.on('exit', () => {
      this.#exited = true
      this.#fail('the store is closed', reject)
    })
  }

  /** What the worker found when it opened. */
  ready(): Promise<unknown> {
    return this.#ready
  }

  /** Written and flushed when the promise resolves. Commands keep their order. A reply of `undefined` comes back as null. */
  send(command: Command): Promise<Reply> {
    if (this.#failed !== undefined) return Promise.reject(this.#failed)
    if (this.#closing) return Promise.reject(new StoreFailed('the store is closing'))
    const { promise, resolve, reject } = Promise.withResolvers<Reply>()
    this.#queue.push({ command, resolve, reject })
    this.#next()
    return promise
  }

  /** Why nothing can be written any more; undefined as long as it can. */
  get failure(): StoreFailed | undefined {
    return this.#failed
  }

  /** Transactions and commands so far: their ratio is what group commit saves. */
  get written(): { readonly batches: number; readonly commands: number } {
    return { batches: this.#batches, commands: this.#commands }
  }

  /** Closes the store once what was sent before is written. */
  async close(): Promise<void> {
    if (this.#exited) return
    const exited = new Promise<void>((resolve) => this.#worker.once('exit', () => resolve()))
    this.#closing = true
    this.#next()
    await exited
  }

  #next(): void {
    if (this.#isDue || this.#inFlight.length > 0) return
    this.#isDue = true
    setImmediate(() => this.#write())
  }

  #write(): void {
    this.#isDue = false
    if (this.#queue.length === 0) {
      if (this.#closing) this.#worker.postMessage('close')
      return
    }
    this.#inFlight = this.#queue.splice(0, largestBatch)
    this.#worker.postMessage(JSON.stringify(this.#inFlight.map(({ command }) => command)))
  }

  #answered(answer: BatchAnswer<Reply>): void {
    if ('failed' in answer) {
      this.#fail(answer.failed)
      return
    }
    const done = this.#inFlight
    this.#inFlight = []
    this.#batches += 1
    this.#commands += done.length
    this.#next()
    for (const [index, { resolve }] of done.entries()) resolve(answer.replies[index] as Reply)
  }

  /** After a failed commit memory is ahead of the disk, so nothing more is accepted: every later command hears the reason. */
  #fail(why: string, reject?: (error: Error) => void): void {
    const isNews = this.#failed === undefined && this.#isOpen && !this.#closing
    this.#failed ??= new StoreFailed(why)
    if (isNews) this.#heardOfFailure(this.#failed)
    reject?.(this.#failed)
    const waiting = [...this.#inFlight, ...this.#queue]
    this.#inFlight = []
    this.#queue = []
    for (const { reject: refuse } of waiting) refuse(this.#failed)
  }
}
