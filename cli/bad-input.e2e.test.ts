/** Every mistake a user can make at the command: what is said, which code comes back, what stays untouched. */
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { exitCodes } from './exit-codes.ts'
import { repositoryRoot } from './house.ts'
import { lastLine, medpay, ownFolder } from './testing/medpay-process.ts'

const town = ['run', 'small-town', '--seed', '5', '--replications', '2', '--workers', '1']

/** A copy of the shipped scenario files, one of them spoilt. */
function spoilt(file: string, spoil: (text: string) => string): { folder: string; path: string } {
  const folder = ownFolder()
  cpSync(join(repositoryRoot, 'scenarios'), folder, { recursive: true, filter: (path) => !path.endsWith('.ts') })
  const path = join(folder, file)
  const before = readFileSync(path, 'utf8')
  const after = spoil(before)
  expect(after, 'the file was spoilt').not.toBe(before)
  writeFileSync(path, after)
  return { folder, path }
}

test('an unknown scenario is answered with the nearest that ships', async () => {
  const { code, out, err } = await medpay(['run', 'shanghai-wekday'])
  expect(code).toBe(exitCodes.badInput)
  expect(err).toContain('did you mean "shanghai-weekday"?')
  expect(err).toContain('是否想写“shanghai-weekday”？')
  expect(out).toBe('')
})

test('an unknown option, an unknown command and a missing argument are told with a way on', async () => {
  const option = await medpay(['run', 'small-town', '--sed', '4'])
  expect(option.code).toBe(exitCodes.badInput)
  expect(option.err).toContain('--seed')
  const command = await medpay(['simulate'])
  expect(command.code).toBe(exitCodes.badInput)
  expect(command.err).toContain('medpay --help')
  expect((await medpay(['run'])).code).toBe(exitCodes.badInput)
  expect((await medpay(['report'])).code).toBe(exitCodes.badInput)
})

test('absurd numbers on the command line are refused before anything runs', async () => {
  for (const words of [
    ['--seed', '-1'],
    ['--scale', '0'],
    ['--replications', '0'],
    ['--precision', 'small'],
    ['--workers', '1.5'],
  ]) {
    const { code, err } = await medpay(['run', 'small-town', ...words])
    expect(code, words.join(' ')).toBe(exitCodes.badInput)
    expect(err, words.join(' ')).toContain(words[0])
  }
})

test('malformed YAML is placed to line and column and nothing is written', async () => {
  const { folder, path } = spoilt('small-town.yaml', (text) => text.replace(/^arms:/m, 'arms: ['))
  const out = join(folder, 'out')
  const { code, err } = await medpay(['run', path, '--out', out])
  expect(code).toBe(exitCodes.badInput)
  expect(err).toMatch(/small-town\.yaml:\d+:\d+ {2}/)
  expect(existsSync(out)).toBe(false)
})

test('several mistakes in one file are told at once', async () => {
  const { path } = spoilt('small-town.yaml', (text) =>
    text.replace(/^seed: .*$/m, 'seed: -4\nsede: 3').replace(/^date: .*$/m, 'date: 2020-13-40'),
  )
  const { code, err } = await medpay(['validate', path])
  expect(code).toBe(exitCodes.badInput)
  for (const word of ['seed', 'sede', 'date', '共 3 处问题']) expect(err).toContain(word)
})

test('a question without its measure, with an unknown group or measure, or with more adopters than people is refused, the nearest name suggested', async () => {
  const { path: noMeasure } = spoilt('small-town.yaml', (text) => text.replace(/^primaryMeasure: .*\n/m, ''))
  const { path: misnamed } = spoilt('small-town.yaml', (text) =>
    text
      .replace('group: age/elderly, measure: visit-duration-minutes', 'group: age/eldrly, measure: visit-duration-minuts')
      .replace('adoption: 0.4', 'adoption: 1.4'),
  )
  const out = join(ownFolder('refused '), 'out')
  const [without, wrong] = await Promise.all([medpay(['run', noMeasure, '--out', out]), medpay(['run', misnamed, '--out', out])])
  expect([without.code, wrong.code]).toEqual([exitCodes.badInput, exitCodes.badInput])
  expect(without.err).toMatch(/small-town\.yaml:\d+:\d+ {2}primaryMeasure is missing/)
  expect(wrong.err).toMatch(/group is "age\/eldrly".*did you mean "age\/elderly"/)
  expect(wrong.err).toMatch(/did you mean "visit-duration-minutes"/)
  expect(wrong.err).toMatch(/adoption is 1\.4; give 1 or less/)
  expect(wrong.err).toContain('共 3 处问题')
  expect(existsSync(out)).toBe(false)
})

test('a day whose lines outlast the clock ends with the code of a void run, says whose lines they are, and writes nothing', async () => {
  const folder = ownFolder('hopeless ')
  const shipped = (path: string): string => readFileSync(join(repositoryRoot, 'scenarios', path), 'utf8')
  const slow = shipped('cities/small-town.yaml').replace(
    /( {2}pharmacy-service:\n {4}kind: lognormal\n {4}meanSeconds: \{ value: )90(, low: 60, high: )120/,
    '$19000$212000',
  )
  writeFileSync(join(folder, 'town.yaml'), slow)
  writeFileSync(join(folder, 'hopeless.yaml'), shipped('small-town.yaml').replace('city: small-town', 'city: ./town.yaml'))
  const out = join(folder, 'out')
  const { code, err } = await medpay(['run', join(folder, 'hopeless.yaml'), '--out', out, '--workers', '1'])
  expect(code).toBe(exitCodes.runVoid)
  expect(err).toMatch(/nothing is written: day 1 of 2020-12-14, arm “Before the reform”.* still wait in .*Pharmacy window \d+/)
  expect(err).toContain('仍有')
  expect(existsSync(out)).toBe(false)
  // One visit of that day is no error of ours either: the same lines, the same advice.
  const visit = await medpay(['visit', join(folder, 'hopeless.yaml'), '--visit', '10'])
  expect(visit.code).toBe(exitCodes.runVoid)
  expect(visit.err).toMatch(/the day cannot be told to its end: day 1 of .*Pharmacy window \d+.*Give these lines more servers/)
  expect(visit.err).toMatch(/这一天无法讲到结束：.*取药窗口 \d+人.*请给这些环节增加人手/)
  expect(visit.out).toBe('')
})

test('everything that ships is valid', async () => {
  const { code, out, err } = await medpay(['validate'])
  expect(err).toBe('')
  expect(code).toBe(exitCodes.ok)
  expect(out).toContain('ok  scenarios/shanghai-weekday.yaml')
})

test('a path with spaces and Chinese characters works, and its report is the last line', async () => {
  const out = join(ownFolder('看病 付费 '), '结果 一')
  const { code, out: said, err } = await medpay([...town, '--out', out])
  expect(err).toBe('')
  expect(code).toBe(exitCodes.ok)
  expect(lastLine(said)).toBe(join(out, 'report.html'))
  expect(readdirSync(out).sort()).toEqual(['measures.csv', 'plan.json', 'report.html', 'run-result.json'])
})

test('a folder of another plan is left as it is', async () => {
  const out = join(ownFolder(), 'out')
  expect((await medpay([...town, '--out', out])).code).toBe(exitCodes.ok)
  const before = readFileSync(join(out, 'run-result.json'), 'utf8')
  const again = await medpay(['run', 'small-town', '--seed', '6', '--replications', '2', '--out', out])
  expect(again.code).toBe(exitCodes.outputProblem)
  expect(again.err).toContain('another plan')
  expect(again.out, 'refused before it runs').toBe('')
  expect(readFileSync(join(out, 'run-result.json'), 'utf8')).toBe(before)
})

test('where the usual folder holds another plan, the run says so and writes beside it', async () => {
  const runs = join(repositoryRoot, 'reports', 'runs')
  const written = (): string[] => (existsSync(runs) ? readdirSync(runs).filter((name) => name.startsWith('small-town-424242')) : [])
  const clear = (): void => {
    for (const name of written()) rmSync(join(runs, name), { recursive: true })
  }
  clear()
  onTestFinished(clear)
  const words = ['run', 'small-town', '--seed', '424242', '--workers', '1', '--replications']
  const first = await medpay([...words, '1'])
  expect(lastLine(first.out)).toBe(join('reports', 'runs', 'small-town-424242', 'report.html'))
  const second = await medpay([...words, '2'])
  expect(second.err).toContain('is left as it is')
  expect(lastLine(second.out)).toMatch(/small-town-424242-[0-9a-f]{8}.report\.html$/)
  expect([first.code, second.code]).toEqual([exitCodes.ok, exitCodes.ok])
  expect(written()).toHaveLength(2)
})

test('an --out that cannot be written ends with code 5 and leaves nothing', async () => {
  const folder = ownFolder()
  writeFileSync(join(folder, 'file'), 'in the way')
  const { code, err } = await medpay([...town, '--out', join(folder, 'file', 'out')])
  expect(code).toBe(exitCodes.outputProblem)
  expect(err).toContain('cannot write')
  expect(readdirSync(folder)).toEqual(['file'])
  expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('in the way')
})

test('a place where nobody may write is refused before the first day runs', async () => {
  const { code, out, err } = await medpay([...town, '--out', '/proc/medpay'])
  expect(code).toBe(exitCodes.outputProblem)
  expect(err).toContain('/proc/medpay')
  expect(out).toBe('')
})

test('a disk that fills up while the folder is written leaves nothing half-written', async () => {
  const folder = ownFolder()
  // A disk of 64 KiB where this system lets a user mount one, else a limit of 8 KiB on every file: both refuse in mid-write.
  const shell = `
    if unshare -rm true 2>/dev/null; then
      unshare -rm bash -c 'mount -t tmpfs -o size=64k tmpfs "$PWD" && cd "$PWD" && $medpay; code=$?; ls -A; exit $code' medpay "$@"
    else
      trap '' XFSZ; ulimit -f 8; $medpay; code=$?; ls -A; exit $code
    fi`
  const { code, out, err } = await medpay([...town, '--out', 'out'], { cwd: folder, shell })
  expect(err).toMatch(/cannot write out: .*\((ENOSPC|EFBIG)\)/)
  expect(code).toBe(exitCodes.outputProblem)
  expect(out).not.toMatch(/^(out|\..*|.*\.json)$/m)
  expect(readdirSync(folder)).toEqual([])
})

test('a result of another version, of another kind, or changed by hand is refused', async () => {
  const folder = ownFolder()
  const good = join(folder, 'good')
  expect((await medpay([...town, '--out', good])).code).toBe(exitCodes.ok)
  const text = readFileSync(join(good, 'run-result.json'), 'utf8')
  const spoiltBy: Readonly<Record<string, (text: string) => string>> = {
    'version.json': (whole) => whole.replace(/"version": ?\d+/, '"version": 99'),
    'kind.json': () => '{"format": "medpay-plan", "version": 1}',
    'broken.json': (whole) => whole.slice(0, whole.length / 2),
    'changed.json': (whole) => whole.replace(/"value": ?(\d)/, '"value": 4$1'),
  }
  for (const [name, spoil] of Object.entries(spoiltBy)) {
    const path = join(folder, name)
    writeFileSync(path, spoil(text))
    for (const words of [
      ['report', path, '--out', join(folder, 'pages')],
      ['diff', good, path],
    ]) {
      const { code, err } = await medpay(words)
      expect(code, `${words[0]} ${name}\n${err}`).toBe(exitCodes.badInput)
      expect(err).toContain(name)
    }
  }
  expect(existsSync(join(folder, 'pages'))).toBe(false)
})

test('a city file that exists is replaced only when that is asked for', async () => {
  const out = join(ownFolder(), '城市.yaml')
  writeFileSync(out, 'mine')
  const words = ['city', 'import', 'scenarios/import/example-sites.csv', '--out', out]
  const kept = await medpay(words)
  expect(kept.code).toBe(exitCodes.outputProblem)
  expect(readFileSync(out, 'utf8')).toBe('mine')
  expect((await medpay([...words, '--overwrite'])).code).toBe(exitCodes.ok)
  expect(readFileSync(out, 'utf8')).toContain('medpay-city')
})

test('a table with a wrong column is placed, explained and yields no file', async () => {
  const folder = ownFolder()
  const sites = join(folder, 'sites.csv')
  writeFileSync(sites, readFileSync(join(repositoryRoot, 'scenarios/import/example-sites.csv'), 'utf8').replace('cashier', 'casheer'))
  const { code, err } = await medpay(['city', 'import', sites, '--out', join(folder, 'city.yaml')])
  expect(code).toBe(exitCodes.badInput)
  expect(err).toMatch(/sites\.csv:1:\d+ .*casheer/)
  expect(readdirSync(folder)).toEqual(['sites.csv'])
})
