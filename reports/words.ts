/**
 * WORDS: every text a reader of results meets, in Chinese and English, under the catalogue's names.
 * A measure or a text without its word in both languages is a type error.
 */
import type { PaymentMode, Words } from '../scenarios/plan.ts'
import type { LegName, PartyKind } from '../scenarios/plan-parties.ts'
import type { MeasureKind, MeasureName } from '../simulators/measures/catalogue.ts'
import type { SliceDimension } from '../simulators/measures/run-result.ts'
import { english } from './words.en.ts'
import type { FeedbackWords } from './words.feedback.ts'
import type { SectionWords } from './words.sections.ts'
import type { UiWords } from './words.ui.ts'
import type { WireWords } from './words.wire.ts'
import { chinese } from './words.zh.ts'

export type Language = 'zh' | 'en'
export const languages: readonly Language[] = ['zh', 'en']

export interface WordTable {
  readonly language: Language
  readonly htmlLanguage: string
  readonly measures: Readonly<Record<MeasureName, string>>
  readonly units: Readonly<Record<MeasureKind['unit'], string>>
  readonly dimensions: Readonly<Record<SliceDimension, string>>
  readonly modes: Readonly<Record<PaymentMode, string>>
  readonly legs: Readonly<Record<LegName, string>>
  readonly partyKinds: Readonly<Record<PartyKind, string>>
  readonly switches: Readonly<Record<'switched' | 'stayed', string>>
  readonly ui: UiWords
  readonly sections: SectionWords
  readonly wire: WireWords
  readonly feedback: FeedbackWords
  readonly headline: HeadlineWords
}

/** What a headline needs to know; every figure comes formatted, with its unit. */
export interface HeadlineParts {
  readonly measure: string
  readonly arm: string
  readonly against: string
  readonly before: string
  readonly after: string
  /** Size of the change without sign, and which way it went. */
  readonly change: string
  readonly went: 'down' | 'up' | 'nowhere'
  /** The interval of the signed change. */
  readonly interval: string
  readonly minimum: string
  readonly days: number
  /** Surely better, surely worse, or the interval holds zero. */
  readonly direction: 'better' | 'worse' | 'unclear'
  /** The second range; null where the assumptions were not varied. */
  readonly assumed: {
    /** 5th to 95th percentile over the plans. */
    readonly range: string
    readonly plans: number
    /** Plans of a published range, where these are fewer. */
    readonly needed: number | null
    /** Share of plans whose change has the other sign, where the range holds both signs. */
    readonly otherSign: string | null
  } | null
}

export interface HeadlineWords {
  readonly effect: (parts: HeadlineParts) => string
  readonly 'no-effect-that-matters': (parts: HeadlineParts) => string
  readonly harm: (parts: HeadlineParts) => string
  readonly undecided: (parts: HeadlineParts) => string
  readonly provisional: (parts: HeadlineParts) => string
  readonly 'no-data': (parts: Pick<HeadlineParts, 'measure' | 'arm'>) => string
  readonly void: () => string
}

export function wordsFor(language: Language): WordTable {
  return language === 'zh' ? chinese : english
}

/** The one of two texts that this language reads. */
export function said(words: Words, language: Language): string {
  return words[language]
}
