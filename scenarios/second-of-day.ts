/** hh:mm or hh:mm:ss as seconds from midnight; NaN for what is no time of a day. */
export function secondOfDay(clock: string): number {
  const [hour = 0, minute = 0, second = 0] = clock.split(':').map(Number)
  const result = hour * 3600 + minute * 60 + second
  return minute < 60 && second < 60 && result <= 86400 ? result : Number.NaN
}
