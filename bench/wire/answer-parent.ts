/** A process of the benchmark says where it listens, tells its CPU time when asked, and ends with its parent. */
export function answerParent(origins: Readonly<Record<string, string>>): void {
  process.on('message', (question: 'cpu' | 'end') => {
    if (question === 'cpu') process.send?.(process.cpuUsage())
    else process.exit(0)
  })
  process.on('disconnect', () => process.exit(0))
  process.send?.({ origins } satisfies Listening)
}

/** What it says once it listens, by name. */
export interface Listening {
  readonly origins: Readonly<Record<string, string>>
}
