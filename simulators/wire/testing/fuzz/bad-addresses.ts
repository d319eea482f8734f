/** Ways to spoil where a right request goes and what it says of itself; its body stays right. All of them must be refused. */

import fc from 'fast-check'
import { arbitraryOf, type JsonSchema } from './arbitrary-of.ts'

export interface Addressed {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly url: string
  /** What its sender says of itself: signature, token, kind of content. */
  readonly headers: Readonly<Record<string, string>>
}
export interface Bad {
  readonly how: string
  readonly request: Addressed
}
export interface Parameter {
  readonly in: string
  readonly name: string
  readonly schema: JsonSchema
  readonly required?: boolean
}

const strangers = ['', '\u0000', '甲', '-1', '1e5', '../../etc/passwd', "'; drop table entries; --", '${7*7}', 'x'.repeat(300)]

/** @param sign says it in the name of somebody who may call, for exactly this address */
export function badPaths(right: Addressed, sign: (method: string, url: string) => Addressed['headers']): readonly Bad[] {
  const [path = '', query] = right.url.split('?', 2)
  const rest = query === undefined ? '' : `?${query}`
  const at = (how: string, url: string, method = right.method): Bad => ({ how, request: { method, url, headers: sign(method, url) } })
  return [
    at('one part too many', `${path}/x${rest}`),
    at('a zero byte at the end', `${path}%00${rest}`),
    at('up and down again', `/..%2f${path.slice(1)}${rest}`),
    at('another case', `${path.toUpperCase()}X${rest}`),
    at('a slash too many', `/${path}${rest}`),
    at('another method', right.url, 'DELETE'),
  ]
}

/** Values of path and query that the document does not allow, and queries that are missing or there twice. */
export function badParameters(
  parameters: readonly Parameter[],
  isRight: (schema: JsonSchema, value: unknown) => boolean,
  addressed: (values: Readonly<Record<string, string | readonly string[]>>) => Addressed,
  seed: number,
): readonly Bad[] {
  const right = Object.fromEntries(
    parameters.map(({ name, schema }) => [name, String(fc.sample(arbitraryOf(schema), { numRuns: 1, seed })[0])]),
  )
  return parameters.flatMap(({ in: place, name, schema, required }) => {
    const wrong = strangers.filter((word) => !isRight(schema, word) && (place === 'query' || word !== ''))
    const { [name]: here = '', ...others } = right
    return [
      ...wrong.map((word) => ({ how: `${name} = ${word.slice(0, 30)}`, request: addressed({ ...right, [name]: word }) })),
      ...(place === 'query' && required === true ? [{ how: `no ${name}`, request: addressed(others) }] : []),
      ...(place === 'query' ? [{ how: `${name} twice`, request: addressed({ ...right, [name]: [here, here] }) }] : []),
    ]
  })
}

/** Each header of a right request left out, and in its place what a stranger says. */
export function badHeaders({ method, url, headers }: Addressed, ofAnother: Addressed['headers']): readonly Bad[] {
  const each = Object.keys(headers).flatMap((name): readonly Bad[] => {
    const { [name]: said = '', ...others } = headers
    // What is sent in another kind of content is wrong however well it is signed.
    const instead = name === 'content-type' ? ['text/plain', 'application/xml'] : ['x', `${said}x`, '9'.repeat(400)]
    return [
      { how: `no ${name}`, request: { method, url, headers: others } },
      ...instead.map((word) => ({ how: `${name}: ${word.slice(0, 30)}`, request: { method, url, headers: { ...headers, [name]: word } } })),
    ]
  })
  return [...each, { how: 'signed for another body', request: { method, url, headers: ofAnother } }]
}
