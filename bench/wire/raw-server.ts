/** The unit of every ratio, as a process of its own: a bare node:http server that reads and writes the JSON of a hop. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerParent } from './answer-parent.ts'
import { hopAnswer } from './hop-words.ts'

const server = createServer((request, reply) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const { payment } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { payment: string }
    const text = JSON.stringify(hopAnswer(payment))
    reply.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }).end(text)
  })
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
answerParent({ raw: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
