/** Books of actors as they are opened: one that cannot be is told by its path, and one that can no longer be written is told once. */
import type { ServeOptions } from './serve.ts'
import { BookUnusable } from './serve-failures.ts'
import type { ActorSurroundings } from './server/actor.ts'
import { logOf } from './server/actor-log.ts'
import type { BookRow, BookStore } from './stores/book-store.ts'

export async function opened<Store>(path: string, open: (path: string) => Promise<Store>): Promise<Store> {
  try {
    return await open(path)
  } catch (error) {
    throw new BookUnusable(path, error)
  }
}

/** Tells log and watcher that a book of an actor can no longer be written. */
export const failureOf =
  (book: string, actor: string, { bookFailed }: ServeOptions, surroundings: ActorSurroundings) =>
  (why: Error): void => {
    logOf(surroundings, actor).tell('book-failed', { book })
    bookFailed?.(book, why)
  }

/** The store, with its first failure told to whoever watches. */
export function watched(store: BookStore, failed: (why: Error) => void): BookStore {
  let isTold = false
  return Object.assign(Object.create(store) as BookStore, {
    append: async (row: BookRow) => {
      try {
        await store.append(row)
      } catch (error) {
        if (!isTold) failed(error as Error)
        isTold = true
        throw error
      }
    },
  })
}
