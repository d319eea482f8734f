/** What is wrong with a file, where, and how to mend it; told in both languages. */
export interface Problem {
  readonly file: string
  /** From 1; 0 when the file could not be read at all. */
  readonly line: number
  readonly column: number
  /** Where in the data, e.g. `arms[1].adoption`; empty for the whole file. */
  readonly path: string
  readonly zh: string
  readonly en: string
}

/** A mistake before it has a place in a file. */
export interface Mistake {
  readonly path: readonly (string | number)[]
  readonly zh: string
  readonly en: string
  /** Point at the key in place of its value. */
  readonly atKey?: boolean
}

/** `file:line:column  path: what and how to mend it`, one line. */
export function formatProblem(problem: Problem, lang: 'zh' | 'en'): string {
  const place = problem.line === 0 ? problem.file : `${problem.file}:${problem.line}:${problem.column}`
  const subject = problem.path === '' ? '' : `${problem.path} `
  return `${place}  ${subject}${lang === 'zh' ? problem.zh : problem.en}`
}

/** All problems, each in both languages, in the order of the file. */
export function formatProblems(problems: readonly Problem[]): string {
  return inFileOrder(problems)
    .map((problem) => `${formatProblem(problem, 'en')}\n    ${problem.zh}`)
    .join('\n')
}

export function inFileOrder(problems: readonly Problem[]): Problem[] {
  return [...problems].sort(
    (a, b) =>
      compareText(a.file, b.file) || a.line - b.line || a.column - b.column || compareText(a.path, b.path) || compareText(a.en, b.en),
  )
}

/** `tiers.sites[2]` from its parts. */
export function pathText(path: readonly (string | number)[]): string {
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('')
}

/** A sentence that suggests the nearest name, or lists the few there are. */
export function suggestion(given: string, known: readonly string[]): { zh: string; en: string } {
  const near = nearestName(given, known)
  if (near !== undefined) return { en: `did you mean "${near}"?`, zh: `是否想写“${near}”？` }
  if (known.length === 0) return { en: 'none is defined', zh: '尚未定义任何名称' }
  const list = known.slice(0, 12).join(', ') + (known.length > 12 ? ', …' : '')
  return { en: `known: ${list}`, zh: `可用：${list}` }
}

/** The known name fewest edits away, when that is close enough to be a slip. */
export function nearestName(given: string, known: readonly string[]): string | undefined {
  let best: string | undefined
  let bestDistance = Math.max(2, Math.floor(given.length / 3)) + 1
  for (const name of known) {
    const distance = editDistance(given.toLowerCase(), name.toLowerCase())
    if (distance < bestDistance) {
      best = name
      bestDistance = distance
    }
  }
  return best
}

/** Levenshtein: insertions, deletions and replacements between two words. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1))
    }
    row = next
  }
  return row[b.length]!
}

/** By code unit: the same order on every machine. */
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
