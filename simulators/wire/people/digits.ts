/** Bytes as so many decimal digits, the last ones of their number. */
export function digitsOf(bytes: Uint8Array, count: number): string {
  const whole = BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
  return String(whole).padStart(count, '0').slice(-count)
}
