/** The command that does the same again, ready to paste into a shell. */
export function replayCommand(words: readonly string[]): string {
  return ['npx medpay', ...words.map(shellWord)].join(' ')
}

/** A word quoted where a POSIX shell would otherwise split or read it. */
export function shellWord(word: string): string {
  return /^[\p{L}\p{N}_./:=,@%+-]+$/u.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
