/**
 * Reads TypeScript source as text: what it imports, and its code with comments and strings blanked out, line by line as it was.
 * A small scanner in place of a parser, because the compiler in use offers no stable one; it knows comments, strings,
 * templates with nested code, and regular expressions well enough for the house laws.
 */

export interface Import {
  /** As written between the quotes. */
  readonly specifier: string
  readonly line: number
}

/** Code where the blanked parts are spaces, so that offsets and lines stay true. */
export interface Blanked {
  /** Without comments. */
  readonly code: string
  /** Without comments, and without the contents of strings, templates and regular expressions. */
  readonly bareCode: string
}

const startsRegularExpression = /(?:^|[=(,:;[!&|?{}>+\-*%~^]|\b(?:return|typeof|case|in|of|do|else))\s*$/

export function blank(text: string): Blanked {
  let code = ''
  let bareCode = ''
  const keep = (part: string) => {
    code += part
    bareCode += part
  }
  const hide = (part: string, also: 'in code' | 'in bare code only') => {
    const spaces = part.replace(/[^\n]/g, ' ')
    code += also === 'in code' ? spaces : part
    bareCode += spaces
  }
  /** For every template that stands open: how many braces of its `${…}` are open. */
  const templates: number[] = []
  let at = 0
  const hideTemplateText = () => {
    const from = at
    while (at < text.length && text[at] !== '`' && !text.startsWith('${', at)) at += text[at] === '\\' ? 2 : 1
    hide(text.slice(from, at), 'in bare code only')
    if (text[at] === '`') {
      keep('`')
      at += 1
    } else if (at < text.length) {
      keep('${')
      at += 2
      templates.push(0)
    }
  }
  while (at < text.length) {
    const letter = text.charAt(at)
    if (text.startsWith('//', at)) {
      const end = indexOrEnd(text, '\n', at)
      hide(text.slice(at, end), 'in code')
      at = end
    } else if (text.startsWith('/*', at)) {
      const end = Math.min(indexOrEnd(text, '*/', at + 2) + 2, text.length)
      hide(text.slice(at, end), 'in code')
      at = end
    } else if (letter === "'" || letter === '"') {
      const end = endOfQuoted(text, at, letter)
      keep(letter)
      hide(text.slice(at + 1, end), 'in bare code only')
      keep(text.slice(end, end + 1))
      at = end + 1
    } else if (letter === '`') {
      keep('`')
      at += 1
      hideTemplateText()
    } else if (letter === '}' && templates.at(-1) === 0) {
      templates.pop()
      keep('}')
      at += 1
      hideTemplateText()
    } else if (letter === '/' && startsRegularExpression.test(bareCode.slice(-40))) {
      const end = endOfRegularExpression(text, at)
      hide(text.slice(at, end), 'in bare code only')
      at = end
    } else {
      const open = templates.length - 1
      if (letter === '{' && open >= 0) templates[open] = (templates[open] ?? 0) + 1
      if (letter === '}' && open >= 0) templates[open] = (templates[open] ?? 0) - 1
      keep(letter)
      at += 1
    }
  }
  return { code, bareCode }
}

function indexOrEnd(text: string, part: string, from: number): number {
  const found = text.indexOf(part, from)
  return found === -1 ? text.length : found
}

function endOfQuoted(text: string, from: number, quote: string): number {
  let at = from + 1
  while (at < text.length && text[at] !== quote && text[at] !== '\n') at += text[at] === '\\' ? 2 : 1
  return at
}

function endOfRegularExpression(text: string, from: number): number {
  let at = from + 1
  let inClass = false
  while (at < text.length && text[at] !== '\n' && (inClass || text[at] !== '/')) {
    if (text[at] === '[') inClass = true
    if (text[at] === ']') inClass = false
    at += text[at] === '\\' ? 2 : 1
  }
  return at + 1
}

export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

const importForms = [
  // import x from '…', import { a, b } from '…', export … from '…', on one or several lines; and import '…'
  /\b(?:import|export)\b(?:[^;'"`()=]*?\bfrom\b)?\s*['"](?<specifier>[^'"\n]+)['"]/g,
  // import('…'), import.meta.resolve('…')
  /\bimport(?:\.meta\.resolve)?\s*\(\s*['"`](?<specifier>[^'"`\n]+)['"`]/g,
  // new URL('…', import.meta.url): workers
  /\bnew\s+URL\s*\(\s*['"`](?<specifier>[^'"`\n]+)['"`]\s*,\s*import\.meta\.url/g,
]

/** Every module the source names, in the order of the lines. */
export function importsOf(text: string): Import[] {
  const { code, bareCode } = blank(text)
  const found: Import[] = []
  for (const form of importForms) {
    for (const match of code.matchAll(form)) {
      // Inside a string or template the word `import` is text about code: it is not there in the bare code.
      if (bareCode.slice(match.index, match.index + 3) !== code.slice(match.index, match.index + 3)) continue
      const specifier = match.groups?.['specifier'] ?? ''
      found.push({ specifier, line: lineAt(text, match.index) })
    }
  }
  return found.sort((a, b) => a.line - b.line)
}
