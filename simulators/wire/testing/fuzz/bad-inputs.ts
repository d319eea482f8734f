/** Ways to spoil a body that was right: what a careless or hostile caller sends. */
import fc from 'fast-check'

/** Bytes of a body, and what was done to it. */
export interface BadBody {
  readonly how: string
  readonly bytes: string
}

const strangers: readonly unknown[] = [
  null,
  true,
  -1,
  0.001,
  1e21,
  Number.MAX_SAFE_INTEGER + 2,
  '',
  ' ',
  '-0.01',
  '1e5',
  '0.005',
  'NaN',
  '\u0000',
  "'; drop table entries; --",
  '../../etc/passwd',
  '${7*7}',
  '\ud800',
  '甲'.repeat(5000),
  [],
  {},
  [[[[[]]]]],
  { __proto__: null, constructor: { prototype: { isAdmin: true } } },
]

const notJson = ['', '{', '[1,', 'null', '"text"', '0', '[]', '{"a":1,}', '\u0000\u0001', '<xml/>', '{"__proto__":{"isAdmin":true}}']

/** One spoiled form of a right body. */
export function spoiled(right: fc.Arbitrary<unknown>): fc.Arbitrary<BadBody> {
  const oneWrong = fc.tuple(right, fc.nat(), fc.constantFrom(...strangers)).map(([body, at, stranger]) => {
    const places = placesOf(body)
    const place = places[at % places.length] ?? []
    return {
      how: `${place.join('.')} = ${String(JSON.stringify(stranger)).slice(0, 60)}`,
      bytes: JSON.stringify(withValue(body, place, stranger)),
    }
  })
  const oneMissing = fc.tuple(right, fc.nat()).map(([body, at]) => {
    const places = placesOf(body)
    const place = places[at % places.length] ?? []
    return { how: `${place.join('.')} left out`, bytes: JSON.stringify(withValue(body, place, undefined)) ?? '' }
  })
  const oneMore = right.map((body) => ({
    how: 'a field nobody knows',
    bytes: JSON.stringify(typeof body === 'object' && body !== null ? { ...body, isAdmin: true } : body),
  }))
  const noJson = fc.constantFrom(...notJson).map((bytes) => ({ how: 'no JSON object', bytes }))
  return fc.oneof({ weight: 6, arbitrary: oneWrong }, { weight: 3, arbitrary: oneMissing }, oneMore, noJson)
}

type Place = readonly (string | number)[]

/** Every place in a value, the value itself apart. */
function placesOf(value: unknown, at: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, item]) => {
    const place = [...at, Array.isArray(value) ? Number(name) : name]
    return [place, ...placesOf(item, place)]
  })
}

function withValue(value: unknown, [first, ...rest]: Place, stranger: unknown): unknown {
  if (first === undefined) return stranger
  if (Array.isArray(value)) return value.map((item, index) => (index === first ? withValue(item, rest, stranger) : item))
  const object = value as Readonly<Record<string, unknown>>
  return { ...object, [first]: withValue(object[first], rest, stranger) }
}
