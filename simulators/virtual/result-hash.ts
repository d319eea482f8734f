import { createHash } from 'node:crypto'

/** Names a result by all that it says, in the order in which it is written; where and how fast it ran (provenance) is no part of that. */
export const resultHashOf = (said: object): string => createHash('sha256').update(JSON.stringify(said)).digest('hex')
