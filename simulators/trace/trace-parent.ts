/**
 * W3C trace context (traceparent, version 00) of what the generator sends: the row is the trace and its try the parent, so that whoever
 * passes the header on tells which errand a message was for. Derived from the two numbers alone, in k6 and in Node.
 */
export const traceParentHeader = 'traceparent'

/** Twenty digits that tell our traces from others': "medpay" in ASCII. */
const ours = '6d65647061790000'.padEnd(20, '0')
const rowDigits = 12
const tryDigits = 16
const sampled = '01'

/** @param attempt from 1: a parent of zeros is none */
export const traceParent = (row: number, attempt: number): string =>
  `00-${ours}${row.toString(16).padStart(rowDigits, '0')}-${attempt.toString(16).padStart(tryDigits, '0')}-${sampled}`

/** Undefined for what is no trace of the generator's. */
export function rowOfTrace(header: string | undefined): number | undefined {
  const digits = header?.startsWith(`00-${ours}`) ? header.slice(3 + ours.length, 3 + ours.length + rowDigits) : ''
  return /^[0-9a-f]{12}$/.test(digits) ? Number.parseInt(digits, 16) : undefined
}
