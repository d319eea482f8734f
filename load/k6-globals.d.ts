/** What k6 gives every script and @types/k6 leaves to the DOM's library. */
declare const console: Readonly<Record<'log' | 'warn' | 'error', (text: string) => void>>
declare function setTimeout(work: () => void, ms: number): number
/** Only while the script is read. */
declare function require(path: string): unknown
