import { readFileSync } from 'node:fs'
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import { type Mistake, type Problem, pathText } from './problem.ts'

/** A YAML file as data, with the place of each datum. */
export interface YamlFile {
  /** As the user named it, for messages. */
  readonly file: string
  readonly value: unknown
  /** Turns a mistake in the data into a problem at its line and column; a missing datum is placed at its nearest parent. */
  readonly problem: (mistake: Mistake) => Problem
}

/** Reads one file. Dates stay strings (YAML 1.2 core), so a day is never shifted by a time zone. */
export function readYaml(path: string, shownAs = path): YamlFile | { readonly problems: Problem[] } {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    return { problems: [unreadable(shownAs, (error as NodeJS.ErrnoException).code)] }
  }
  return parseYaml(text, shownAs)
}

export function parseYaml(text: string, file: string): YamlFile | { readonly problems: Problem[] } {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true })
  if (document.errors.length > 0) {
    return {
      problems: document.errors.map((error) => {
        const { line, col } = lines.linePos(error.pos[0])
        const twice = error.code === 'DUPLICATE_KEY'
        return {
          file,
          line,
          column: col,
          path: '',
          en: twice ? 'this name stands twice in one block; rename or remove one' : `is not valid YAML: ${oneLine(error.message)}`,
          zh: twice ? '同一层中名称重复；请改名或删除其一' : `不是有效的 YAML：${oneLine(error.message)}`,
        }
      }),
    }
  }
  const place = (mistake: Mistake): { line: number; column: number } => {
    const offset = offsetOf(document.contents, mistake.path, mistake.atKey === true)
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  return {
    file,
    value: document.toJS() as unknown,
    problem: (mistake) => ({ file, ...place(mistake), path: pathText(mistake.path), zh: mistake.zh, en: mistake.en }),
  }
}

/** Where a datum or its key begins, counted in characters; the nearest parent that exists if it does not. */
function offsetOf(root: unknown, path: readonly (string | number)[], atKey: boolean): number {
  let node = root
  let offset = startOf(root) ?? 0
  for (const [index, part] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find((item) => String(isScalar(item.key) ? item.key.value : item.key) === String(part))
      if (pair === undefined) return offset
      const keyOffset = startOf(pair.key)
      const last = index === path.length - 1
      offset = (last && atKey ? keyOffset : (startOf(pair.value) ?? keyOffset)) ?? offset
      node = pair.value
    } else if (isSeq(node)) {
      node = node.items[Number(part)]
      if (node === undefined) return offset
      offset = startOf(node) ?? offset
    } else return offset
  }
  return offset
}

const startOf = (node: unknown): number | undefined => (node as Node | null | undefined)?.range?.[0]

const oneLine = (message: string): string => message.split('\n')[0]!.trim()

function unreadable(file: string, code: string | undefined): Problem {
  const place = { file, line: 0, column: 0, path: '' }
  if (code === 'ENOENT') return { ...place, en: 'does not exist; check the path', zh: '文件不存在；请检查路径' }
  if (code === 'EISDIR') return { ...place, en: 'is a folder; name a YAML file', zh: '是文件夹；请给出 YAML 文件' }
  return { ...place, en: `cannot be read (${code ?? 'unknown'})`, zh: `无法读取（${code ?? '未知'}）` }
}
