/** Visits as they were drawn, before they stand in order of arrival: no more of each than its place, its moment and what draws found. */
export interface DrawnVisits {
  /** How many there are; the columns have room for more. */
  count: number
  tick: Int32Array
  person: Int32Array
  /** Site of the city, −1 for who comes to none. */
  site: Int32Array
  billWord: Int32Array
  stratum: Uint8Array
  copy: Uint8Array
  kind: Uint8Array
  ordinal: Uint8Array
  needs: Uint8Array
  department: Uint8Array
}

export function layDrawnVisits(): DrawnVisits {
  const words = (): Int32Array => new Int32Array(0)
  const bytes = (): Uint8Array => new Uint8Array(0)
  return {
    count: 0,
    tick: words(),
    person: words(),
    site: words(),
    billWord: words(),
    stratum: bytes(),
    copy: bytes(),
    kind: bytes(),
    ordinal: bytes(),
    needs: bytes(),
    department: bytes(),
  }
}

/** Makes room for so many visits in all, keeping those drawn. */
export function makeRoom(drawn: DrawnVisits, room: number): void {
  if (room <= drawn.tick.length) return
  const longer = Math.ceil(room * 1.3)
  const words = (old: Int32Array): Int32Array => {
    const column = new Int32Array(longer)
    column.set(old)
    return column
  }
  const bytes = (old: Uint8Array): Uint8Array => {
    const column = new Uint8Array(longer)
    column.set(old)
    return column
  }
  drawn.tick = words(drawn.tick)
  drawn.person = words(drawn.person)
  drawn.site = words(drawn.site)
  drawn.billWord = words(drawn.billWord)
  drawn.stratum = bytes(drawn.stratum)
  drawn.copy = bytes(drawn.copy)
  drawn.kind = bytes(drawn.kind)
  drawn.ordinal = bytes(drawn.ordinal)
  drawn.needs = bytes(drawn.needs)
  drawn.department = bytes(drawn.department)
}

/** Ticks a bucket: a tenth of a second, so that at the busiest hour a handful share one. */
const BUCKET_BITS = 10
const BUCKETS = (864_000_000 >> BUCKET_BITS) + 2

/** Numbers of the visits in order of arrival; equal ticks keep the order of drawing. A counting sort, then insertion within buckets. */
export function arrivalOrder({ tick, count }: DrawnVisits): Int32Array {
  const order = new Int32Array(count)
  const next = new Int32Array(BUCKETS)
  for (let at = 0; at < count; at++) next[((tick[at] as number) >> BUCKET_BITS) + 1]!++
  for (let bucket = 1; bucket < BUCKETS; bucket++) next[bucket]! += next[bucket - 1] as number
  for (let at = 0; at < count; at++) order[next[(tick[at] as number) >> BUCKET_BITS]!++] = at
  for (let i = 1; i < count; i++) {
    const moving = order[i] as number
    const moment = tick[moving] as number
    let j = i - 1
    while (j >= 0 && (tick[order[j] as number] as number) > moment) {
      order[j + 1] = order[j] as number
      j--
    }
    order[j + 1] = moving
  }
  return order
}
