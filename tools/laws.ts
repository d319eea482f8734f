/**
 * The laws of the house, as a function from files to broken laws: which room may import which, what the pure rooms do without,
 * and a few habits of the text. laws.test.ts asks it about this repository and about small planted houses.
 * ARCHITECTURE.md tells the same laws in words.
 */
import { posix } from 'node:path'
import { blank, importsOf, lineAt } from './source-text.ts'

/** Path from the root of the repository, with forward slashes → text. */
export type Files = ReadonlyMap<string, string>

/** The rooms of simulators/ from the ground up. A room imports from lower floors and from itself, never from a room beside it. */
const floors: readonly (readonly string[])[] = [
  ['engine'],
  ['queueing', 'money'],
  ['policy'],
  ['pathways'],
  // Patients go to hospitals, so they know them.
  ['hospitals', 'bureau', 'banks', 'channels', 'platform'],
  ['patients'],
  ['faults'],
  ['measures'],
  ['audit'],
  ['trace'],
  ['virtual', 'wire'],
]
const floorOf = new Map(floors.flatMap((rooms, floor) => rooms.map((room) => [room, floor] as const)))
const worlds = ['virtual', 'wire']

/**
 * The rooms of simulators/wire from the ground up, by the same rule: an actor knows no other actor. What has no room of its own
 * (serve.ts) stands above them all; `testing` is for tests.
 */
const wireFloors: readonly (readonly string[])[] = [
  ['desks', 'signing', 'people'],
  ['client', 'stores'],
  ['dialects'],
  ['server'],
  ['sagas', 'reconciliation'],
  ['bureau', 'banks', 'wallets', 'identity', 'his', 'channels', 'platform'],
  // Read books of every actor, and no actor reads them.
  ['why', 'audit', 'faults'],
  // Starts a city, has it played against, takes its books.
  ['replay'],
]
const wireFloorOf = new Map(wireFloors.flatMap((rooms, floor) => rooms.map((room) => [room, floor] as const)))
/** Spellings of the real wires; they are translated in dialects/ and go no further. */
const dialectWords =
  /\b(?:infno|inf_refmsgid|infcode|mdtrtarea_admvs|insuplc_admdvs|recer_sys_code|psn_no|mdtrt_id|setl_id|chrg_bchno|medfee_sumamt|setlinfo|xxlxm|xxnr|xxfhm|jgdm|jssqxh|translsh|mxzdhs?|payOrdId|ordStas|mix_trade_no|out_trade_no)\b/g

/** Which other top-level folders (or rooms of simulators) a folder may import. The plan's own files are open to every room but the engine. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  scenarios: ['scenarios', 'simulators/engine'],
  reports: ['reports', 'scenarios', 'simulators/measures', 'simulators/faults', 'simulators/engine', 'tools'],
  dashboards: ['dashboards', 'scenarios', 'simulators/measures', 'simulators/engine', 'tools'],
  // What runs inside k6 holds no rule of its own.
  load: ['load', 'simulators/trace', 'simulators/engine'],
}
/** Folders that read and write files. In simulators/wire that is the stores alone. */
const touchFiles = ['scenarios', 'reports', 'cli', 'tools', 'bench', '.']
/**
 * Platforms of others, as examples. What they are made of is theirs (sockets, files), so they may know nothing of the house; their adapters
 * know load/adapter.ts, which is all that anybody's adapter knows.
 */
const isOfOthers = (path: string): boolean => path.startsWith('load/examples/')
const socketPackages = /^(?:node:)?(?:net|tls|http|https|http2|dgram)$|^(?:fastify|@fastify\/.*|undici|ws)$/
const filePackages = /^(?:node:)?fs(?:\/promises)?$/
const longestFile = 450
/** The kernel, and the oracle that tests it: one set of rules read from top to bottom. */
const longFilesWelcome = ['simulators/virtual/kernel/', 'simulators/virtual/oracle/']

interface Habit {
  readonly pattern: RegExp
  readonly why: string
}

const ambient: readonly Habit[] = [
  { pattern: /\bDate\.now\b/g, why: 'the clock is an argument' },
  { pattern: /\bnew Date\s*(?:\(\s*\)|(?![\s(]))/g, why: 'the clock is an argument' },
  { pattern: /\bperformance\.now\b|\bprocess\.hrtime\b/g, why: 'the clock is an argument' },
  { pattern: /\bMath\.random\b|\bcrypto\.(?:randomUUID|getRandomValues)\b/g, why: 'dice are named streams of simulators/engine' },
  {
    pattern: /\bMath\.(?:exp|expm1|log|log2|log10|log1p|pow|a?sinh?|a?cosh?|a?tanh?|atan2|cbrt|hypot)\b|\*\*/g,
    why: 'engines round it their own way; use simulators/engine',
  },
  {
    pattern: /\.(?:getTimezoneOffset|getHours|getMinutes|getDay|getDate|getMonth|getFullYear|toLocale\w*|localeCompare)\b|\bIntl\./g,
    why: 'no time zone or language of the machine',
  },
]
/** k6's engine knows an object of such a map by its address, and finds what an earlier one left there. */
const weakMaps: Habit = { pattern: /\bWeak(?:Map|Set)\b/g, why: 'k6 runs this, and its weak maps mistake one object for another' }
const environment: Habit = { pattern: /\bprocess\.|\bglobalThis\.process\b/g, why: 'no environment of its own' }
/** What a process has once; `vi.stubEnv` and its like are undone by the test itself. */
const ofTheProcess: Habit = {
  pattern: /\bprocess\.chdir\b|\bprocess\.env(?:\.\w+|\[[^\]]*\])\s*=(?!=)|\bsetDefaultCACertificates\b|\bvi\.(?:mock|doMock)\b/g,
  why: 'the tests of the rooms share a process (vitest.config.ts)',
}

/** Every broken law as `path:line  what; why`, in the order of the files. */
export function brokenLaws(files: Files): string[] {
  const broken: string[] = []
  const pages = pagesOf(files)
  const sources = sourcesOf(files)
  const listed = files.get('docs/README.md')
  for (const [path, text] of files) {
    const say = (line: number, what: string) => broken.push(`${path}:${line}  ${what}`)
    habitsOfText(path, text, say)
    citations(path, text, pages, sources, say)
    if (listed !== undefined && isListedPage(path) && !listed.includes(`](${posix.basename(path)})`))
      say(1, 'has no line in docs/README.md; nobody is led to it')
    if (!path.endsWith('.ts')) continue
    if (!isLawBook(path)) habitsOfCode(path, text, say)
    for (const { specifier, line } of importsOf(text)) {
      const why = forbiddenImport(path, specifier)
      if (why !== undefined) say(line, `imports ${specifier}; ${why}`)
    }
  }
  return broken
}

/** Why this file may not import that module; undefined when it may. */
function forbiddenImport(path: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return isTest(path) ? undefined : forbiddenPackage(path, specifier)
  const target = posix.normalize(posix.join(posix.dirname(path), specifier))
  if (isOfOthers(path))
    return isOfOthers(target) || (path.endsWith('/adapter.ts') && target === 'load/adapter.ts')
      ? undefined
      : 'a platform of others knows nothing of the house'
  const from = roomOf(path)
  const to = roomOf(target)
  if (to.top === 'cli' && from.top !== 'cli' && from.top !== 'tests') return 'nobody imports cli'
  if (from.top === 'simulators' && to.top === 'simulators') {
    if (from.room === 'wire' && to.room === 'wire') return isTest(path) ? undefined : forbiddenWireRoom(path, target)
    if (wireRoomOf(path) === 'audit' && from.room === 'wire' && to.room !== 'measures' && !isTest(path)) return auditKnowsNobody
    return forbiddenRoom(from.room, to.room, isTest(path))
  }
  if (isTest(path)) {
    return from.top === 'simulators' && ['reports', 'dashboards'].includes(to.top) ? 'simulators do not know their readers' : undefined
  }
  if (from.top === 'simulators') {
    if (to.top === 'scenarios') {
      if (from.room === 'engine') return 'the engine knows no scenario'
      return isPlan(target) ? undefined : 'of scenarios, simulators know the words of the plan (plan*.ts) and nothing else'
    }
    if (to.top === 'tools' && worlds.includes(from.room)) return undefined
    return `simulators stand below ${to.top}`
  }
  if (isPlan(path) && !isPlan(target) && to.room !== 'engine') return 'the plan is a hinge: it imports the engine and its own files'
  const allowed = mayImport[from.top]
  if (allowed !== undefined && !allowed.includes(to.top) && !allowed.includes(`${to.top}/${to.room}`)) {
    return `${from.top} import ${allowed.filter((name) => name !== from.top).join(', ')} and nothing else of the house`
  }
  return undefined
}

function forbiddenRoom(from: string, to: string, fromTest: boolean): string | undefined {
  const fromFloor = floorOf.get(from)
  const toFloor = floorOf.get(to)
  if (fromFloor === undefined) return `${from} is no room of simulators; give it a floor in tools/laws.ts and ARCHITECTURE.md`
  if (toFloor === undefined) return `${to} is no room of simulators; give it a floor in tools/laws.ts and ARCHITECTURE.md`
  if (from === to) return undefined
  if (worlds.includes(from) && worlds.includes(to)) return 'the virtual and the wire world never see each other'
  // A test may ask a room above for a whole run; the room itself may not.
  if (fromTest) return undefined
  if (toFloor === fromFloor) return `${from} and ${to} stand side by side; what they share belongs on a lower floor`
  return toFloor > fromFloor ? `${to} stands above ${from}` : undefined
}

/** An auditor that shares code with those it audits shares their mistakes. */
const auditKnowsNobody = 'the auditor knows nobody it audits: of simulators, it imports measures and itself'

/** Inside simulators/wire: as between the rooms of the house, one storey down. */
function forbiddenWireRoom(path: string, target: string): string | undefined {
  const from = wireRoomOf(path)
  const to = wireRoomOf(target)
  if (from === to || from === '' || from === 'testing') return undefined
  if (from === 'audit') return auditKnowsNobody
  const fromFloor = wireFloorOf.get(from)
  const toFloor = wireFloorOf.get(to)
  if (fromFloor === undefined) return `${from} is no room of simulators/wire; give it a floor in tools/laws.ts and its README`
  // The replay starts what serve.ts serves, in processes of their own.
  if (from === 'replay' && to === '') return undefined
  if (toFloor === undefined) return to === '' ? 'serve.ts stands above every room' : `${to} is no room of simulators/wire below ${from}`
  if (toFloor === fromFloor) return `${from} and ${to} stand side by side; what they share belongs on a lower floor`
  return toFloor > fromFloor ? `${to} stands above ${from}` : undefined
}

function wireRoomOf(path: string): string {
  const [, , room = '', file] = path.split('/')
  return file === undefined ? '' : room
}

function forbiddenPackage(path: string, specifier: string): string | undefined {
  const { top, room } = roomOf(path)
  if (top === 'simulators' && !worlds.includes(room)) return 'rooms up to trace are pure: no node: modules, no packages'
  if (isOfOthers(path)) return path.endsWith('/adapter.ts') ? 'an adapter runs inside k6: no packages, no node: modules' : undefined
  if (socketPackages.test(specifier) && !(top === 'simulators' && room === 'wire') && top !== 'bench')
    return 'only simulators/wire and bench, which measures it, open sockets'
  if (filePackages.test(specifier) && !touchFiles.includes(top) && !isStore(path)) {
    return 'files are touched by scenarios, reports, cli, tools, bench and the stores of simulators/wire'
  }
  return undefined
}

function habitsOfCode(path: string, text: string, say: (line: number, what: string) => void): void {
  const { top, room } = roomOf(path)
  const { bareCode } = blank(text)
  const look = ({ pattern, why }: Habit) => {
    for (const match of bareCode.matchAll(pattern)) say(lineAt(text, match.index), `uses ${match[0].trim()}; ${why}`)
  }
  look({ pattern: /\b(?:it|test|describe|suite)(?:\.\w+)*\.(?:only|skip|skipIf|todo)\b/g, why: 'every test runs, every time' })
  if (sharesItsProcess(path)) look(ofTheProcess)
  const lines = text.trimEnd().split('\n').length
  if (lines > longestFile && !isTest(path) && !longFilesWelcome.some((room) => path.startsWith(room))) {
    say(longestFile + 1, `has ${lines} lines, more than ${longestFile}; two ideas in one room?`)
  }
  if (isTest(path)) return
  if (top === 'simulators' && room === 'wire') {
    if (path !== 'simulators/wire/serve.ts' && wireRoomOf(path) !== 'testing')
      look({ pattern: /\.listen\s*\(/g, why: 'only serve.ts listens' })
    if (wireRoomOf(path) !== 'dialects') look({ pattern: dialectWords, why: 'no dialect word leaves dialects/' })
  }
  if ((top === 'simulators' && room !== 'wire') || top === 'scenarios') for (const habit of ambient) look(habit)
  if (top === 'simulators' && !worlds.includes(room)) look(environment)
  if (top === 'load' || (top === 'simulators' && !worlds.includes(room))) look(weakMaps)
}

function habitsOfText(path: string, text: string, say: (line: number, what: string) => void): void {
  if (isLawBook(path)) return
  for (const match of text.matchAll(/(?<![\w.$}])\/(?:work|root|farm|home\/\w+|Users\/\w+)\/[\w.]/g)) {
    say(lineAt(text, match.index), `names a path of one machine (${match[0]}…)`)
  }
  if (path.endsWith('.md')) return
  for (const match of text.matchAll(/\b(?:TODO|FIXME|XXX)\b(?!.*\b(?:when|until|once|after|as soon as)\b)/g)) {
    say(lineAt(text, match.index), `${match[0]} without the condition that ends it (when, until, once, after …)`)
  }
}

/** Names of the pages that are here, and of those that a command writes. */
function pagesOf(files: Files): ReadonlySet<string> {
  const here = [...files.keys()].filter((path) => path.endsWith('.md')).map((path) => posix.basename(path))
  const written = [...files].flatMap(([path, text]) =>
    path.endsWith('.ts') && !isLawBook(path) ? [...text.matchAll(/['"`/]([\w-]+\.md)['"`]/g)].map(([, name]) => name as string) : [],
  )
  return new Set([...here, ...written])
}

/** A file of code by its name, with as much of its path as is told; `*-rules.ts` and `<kind>.ts` stand for many. */
const citedSource = /(?<![\w*<>{}$./-])((?:\.{1,2}\/)*(?:[\w-]+\/)*[\w-]+(?:\.[\w-]+)*\.(?:ts|mjs))\b(?!\.\w)/g

/** Every file of code by every end of its path. */
function sourcesOf(files: Files): ReadonlySet<string> {
  const paths = [...files.keys()].filter((path) => /\.(?:ts|mjs)$/.test(path))
  return new Set(
    paths.flatMap((path) => {
      const parts = path.split('/')
      return parts.map((_, from) => parts.slice(from).join('/'))
    }),
  )
}

/** A reader is never sent to a page that is not in the house: whoever has only the repository has only its pages. */
function citations(
  path: string,
  text: string,
  pages: ReadonlySet<string>,
  sources: ReadonlySet<string>,
  say: (line: number, what: string) => void,
): void {
  if (isLawBook(path) || !/\.(?:ts|md)$/.test(path)) return
  const told = path.endsWith('.md') ? text : commentsOf(text)
  for (const { 0: name, index } of told.matchAll(/[\w./-]*[\w-]\.md\b/g))
    if (!pages.has(posix.basename(name)))
      say(lineAt(text, index), `cites ${name}, which is not in the house; name the public source itself`)
  // What a release changed is told of the house as it stood then.
  if (path !== 'CHANGELOG.md')
    for (const { 1: name, index } of told.matchAll(citedSource))
      if (!sources.has(posix.normalize(name as string).replace(/^(?:\.\.\/)+/, '')))
        say(lineAt(text, index), `cites ${name}, a file that is not in the house`)
  for (const { 0: words, index } of told.matchAll(/(?<![.\w/])[a-z][a-z-]+,? §\d/g))
    say(lineAt(text, index), `cites ${words}…, a page without a name; name the public source itself`)
}

/** The text up to its last comment with everything else blanked, so that places stay. */
const commentsOf = (text: string): string => {
  const comments = [...text.matchAll(/\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/[^\n]*/g)]
  let told = ''
  for (const { 0: comment, index } of comments) told += text.slice(told.length, index).replace(/[^\n]/g, ' ') + comment
  return told
}

const isListedPage = (path: string): boolean => /^docs\/[^/]+\.md$/.test(path) && path !== 'docs/README.md'

function roomOf(path: string): { top: string; room: string } {
  const [first = '', second = '', third] = path.split('/')
  if (second === '') return { top: '.', room: '' }
  return { top: first, room: third === undefined ? '' : second }
}

/** Its file runs in one process with those of other rooms, as vitest.config.ts has it. */
function sharesItsProcess(path: string): boolean {
  return /^(?:simulators|scenarios|reports|load|cli)\/.*(?<!\.(?:e2e|k6|prometheus|long))\.test\.ts$/.test(path)
}

function isTest(path: string): boolean {
  return /\.(?:test|bench)\.ts$/.test(path)
}

function isPlan(path: string): boolean {
  return /^scenarios\/plan[^/]*\.ts$/.test(path)
}

function isStore(path: string): boolean {
  return path.startsWith('simulators/wire/') && /(?:^|\/)stores?\/|store\.ts$/.test(path)
}

/** The files that spell out what is forbidden. */
function isLawBook(path: string): boolean {
  return path === 'tools/laws.ts' || path === 'tools/laws.test.ts'
}
