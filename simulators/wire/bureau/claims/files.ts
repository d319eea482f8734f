/** 文件上传 and 下载. A directory’s file is made when it is asked for: the same bytes for the same version. */
import { compactDateOf, dateOf } from '../../desks/business-time.ts'
import type { FileReply } from '../../desks/claim-desk.ts'
import type { MessageEffect } from '../bureau-book.ts'
import { type ClaimContext, done, type Outcome, refuse } from './claim-context.ts'
import { directoryFile } from './directory.ts'
import { lastDayOf } from './last-day.ts'

export function keeping(
  { sender, nowMs, lastNumber }: ClaimContext,
  name: string,
  base64: string,
): { reply: FileReply; effect: MessageEffect } {
  const file = `WJ${compactDateOf(nowMs)}${String(lastNumber + 1).padStart(10, '0')}`
  const reply = { file, name, lastDay: lastDayOf(nowMs) }
  return { reply, effect: { does: 'keep-file', file: { ...reply, site: sender.site, base64 } } }
}

export function decideKeepFile(context: ClaimContext, request: { readonly name: string; readonly base64: string }): Outcome<FileReply> {
  const { reply, effect } = keeping(context, request.name, request.base64)
  return done(reply, [effect])
}

export function decideReadFile(
  { state, sender, nowMs }: ClaimContext,
  request: { readonly file: string },
): Outcome<{ readonly name: string; readonly base64: string }> {
  const directory = directoryFile(request.file)
  if (directory !== undefined) return done({ name: directory.name, base64: Buffer.from(directory.bytes).toString('base64') })
  const known = state.claims.files.get(request.file)
  // Another site's file is as if there were none.
  if (known === undefined || known.site !== sender.site) return refuse('unknown-file')
  return dateOf(nowMs) > known.lastDay ? refuse('file-expired') : done({ name: known.name, base64: known.base64 })
}
