/** Why a number was assumed, or where a document says it, in the reader's language. */
import { chineseReasons } from './words.reasons.zh.ts'
import type { Language } from './words.ts'

/** @returns the text as its file has it where no other is known, and which language that is */
export function reasonIn(text: string, language: Language): { readonly text: string; readonly language: Language } {
  if (language === 'en') return { text, language: isChinese(text) ? 'zh' : 'en' }
  const known = chineseReasons[text]
  if (known !== undefined) return { text: known, language: 'zh' }
  // A place in a document may be no words at all: `§3`.
  return { text, language: isChinese(text) || !/[A-Za-z]{2}/.test(text) ? 'zh' : 'en' }
}

const isChinese = (text: string): boolean => /[一-鿿]/.test(text)
