/** Tables that grow while a day is played (portable). */
import { type I32s, type i32, newI32s } from '../../engine/portable.ts'

/** A copy with room for more; the old one is not reused, so sizes double. */
export function longer(table: I32s, size: i32): I32s {
  const grown: I32s = newI32s(size)
  let i: i32 = 0
  const length: i32 = table.length
  while (i < length) {
    grown[i] = table[i]!
    i++
  }
  return grown
}
