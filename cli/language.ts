import type { Language } from '../reports/words.ts'
import type { Words } from '../scenarios/plan.ts'

export const languageChoices = ['zh', 'en', 'both'] as const
export type LanguageChoice = (typeof languageChoices)[number]

/** The languages of what a command prints: as asked, or as the reader's locale says. Mistakes are always told in both. */
export function terminalLanguages(
  asked: LanguageChoice | undefined,
  env: Readonly<Record<string, string | undefined>>,
): readonly Language[] {
  if (asked === 'both') return ['zh', 'en']
  if (asked !== undefined) return [asked]
  const locale = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((value) => value !== undefined && value !== '') ?? ''
  return /^zh/i.test(locale) ? ['zh'] : ['en']
}

/** The languages of a page: both, unless one is asked for. */
export function reportLanguages(asked: LanguageChoice | undefined): readonly Language[] {
  return asked === undefined || asked === 'both' ? ['zh', 'en'] : [asked]
}

/** One phrase in the languages of the terminal, side by side where there are two. */
export function say(words: Words, languages: readonly Language[]): string {
  return languages.map((language) => words[language]).join(' · ')
}
