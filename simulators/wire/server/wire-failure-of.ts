import { StoreFailed } from '../stores/batch-worker.ts'
import { WireFailure } from './failures.ts'
import { LineFull } from './service-line.ts'

/** Whatever ended a request, as one of the list; fastify's own errors are read by their codes. */
export function wireFailureOf(error: unknown): WireFailure {
  if (error instanceof WireFailure) return error
  if (error instanceof StoreFailed) return new WireFailure('book-failed')
  if (error instanceof LineFull) return new WireFailure('too-busy', { retryAfterSeconds: 1 })
  const { code, statusCode, validation, message } = error as {
    readonly code?: string
    readonly statusCode?: number
    readonly validation?: readonly { readonly instancePath: string; readonly message?: string }[]
    readonly message?: string
  }
  if (validation !== undefined) {
    const all = validation.map(({ instancePath, message: what }) => `${instancePath === '' ? '/' : instancePath} ${what ?? ''}`).join('; ')
    return new WireFailure('bad-request', { zh: all, en: all })
  }
  switch (code) {
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new WireFailure('bad-content-type')
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new WireFailure('body-too-large')
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new WireFailure('bad-json')
    default:
      if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return new WireFailure('bad-request', { en: message ?? '' })
      return new WireFailure('internal')
  }
}
