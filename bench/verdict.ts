/** The last lines of a benchmark: `bench <name> <measured> goal <goal> ok|short`, or `not-run` / `void` in place of the verdict. */

export interface Goal {
  readonly at: 'least' | 'most'
  readonly limit: number
  readonly unit: string
}

export interface Verdicts {
  /**
   * @param missing why it was not measured
   * @param unsound why the figure means nothing
   */
  tell(name: string, goal: Goal, measure: () => number, missing?: string, unsound?: string): void
  /** As printed so far. */
  readonly lines: readonly string[]
  /** 0: every goal met; 1: at least one short; 2: at least one void or not run. */
  readonly exitCode: 0 | 1 | 2
}

export function verdicts(): Verdicts {
  let worst: 0 | 1 | 2 = 0
  const lines: string[] = []
  const say = (line: string) => {
    console.log(line)
    lines.push(line)
  }
  return {
    tell(name, { at, limit, unit }, measure, missing, unsound) {
      const bound = `goal ${at === 'least' ? '>=' : '<='}${limit}${unit}`
      if (missing !== undefined) {
        worst = 2
        say(`bench ${name} - ${bound} not-run (${missing})`)
        return
      }
      const measured = measure()
      if (unsound !== undefined) {
        worst = 2
        say(`bench ${name} ${measured.toFixed(2)}${unit} ${bound} void (${unsound})`)
        return
      }
      const met = at === 'least' ? measured >= limit : measured <= limit
      if (!met && worst === 0) worst = 1
      say(`bench ${name} ${measured.toFixed(2)}${unit} ${bound} ${met ? 'ok' : 'short'}`)
    },
    lines,
    get exitCode() {
      return worst
    },
  }
}
