/**
 * The city's actors as processes of their own, one for each thing that fails by itself, so that killing one takes nothing else with it.
 * Each child is `medpay serve` with a share of the actors; it ends when its standard input does, so that no process outlives the run,
 * however the run ends.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { constants, getPriority, setPriority } from 'node:os'
import type { CityPlan } from '../../../scenarios/plan.ts'
import type { Strikeable } from '../faults/strike.ts'
import { actorNames, firstOfFreePorts } from '../serve.ts'
import { keyRing } from '../signing/key-ring.ts'
import { ActorGone, type ControlClient, controlClient } from './control-client.ts'

export interface WireCity {
  readonly control: ControlClient
  readonly layout: readonly (readonly string[])[]
  readonly processes: readonly WireProcess[]
  originOf(actor: string): string
  /** For faults of processes: the one an actor runs in is paused and woken, or killed and started again. */
  readonly process: NonNullable<Strikeable['process']>
  /** Ends all of them in good order, then for certain. */
  stop(): Promise<void>
}

export interface WireProcess {
  readonly actors: readonly string[]
  readonly pid: number
  /** Settles when it has ended. */
  readonly ended: Promise<void>
  readonly hasEnded: () => boolean
}

export interface StartOptions {
  readonly city: Pick<CityPlan, 'parties'>
  /** How `medpay serve <scenario>` is called: program, then words. */
  readonly serve: readonly string[]
  /** Name under which children find the secret in their environment. */
  readonly secretName: string
  readonly secret: string
  readonly booksFolder: string
  /** Further words for each process of the platform. */
  readonly platformWords: readonly string[]
  /** Stops the database of the platform's ledger and starts it again; absent: there is none of the run's own. */
  readonly restartDatabase?: (() => Promise<void>) | undefined
  /** The platform is somebody else's: ours, and the entries that speak to it, do not start. */
  readonly isForeign?: boolean
  /** Of the first actor in the order of {@link actorNames}; absent: as many free ports in a row. */
  readonly firstPort?: number
  /** Processes of the platform, which then need a ledger they can share; entries spread their requests over them. Absent: one. */
  readonly platformProcesses?: number
  /** By how much the actors stand behind whoever starts them, so that the generator keeps its moments. Absent: not at all. */
  readonly niceness?: number
  readonly signal: AbortSignal
}

/** A child did not come up; what it said. */
export class ChildFailed extends Error {
  override readonly name = 'ChildFailed'
  readonly actors: readonly string[]

  constructor(actors: readonly string[], said: string) {
    super(`${actors.join(', ')}: ${said.trim().split('\n').slice(-4).join(' ')}`)
    this.actors = actors
  }
}

/**
 * Actors that fail together. Beside a platform of others there are counterparties alone; further processes of ours are called `platform-2`,
 * `platform-3`.
 */
export function layoutOf(
  { parties }: Pick<CityPlan, 'parties'>,
  isForeign: boolean,
  platformProcesses = 1,
): readonly (readonly string[])[] {
  const isEntry = (name: string) => name.startsWith('channel-')
  const all = actorNames({ parties }).filter((name) => !isForeign || (name !== 'platform' && !isEntry(name)))
  const alone = ['platform', 'bureau', 'his'].filter((name) => all.includes(name))
  const entries = all.filter((name) => isEntry(name) || name === 'identity' || name === 'credit-score')
  const others = all.filter((name) => !alone.includes(name) && !entries.includes(name))
  return [...alone.map((name) => [name]), others, entries, ...furtherPlatforms(platformProcesses).map((name) => [name])]
}

const furtherPlatforms = (processes: number): readonly string[] =>
  Array.from({ length: processes - 1 }, (_, index) => `platform-${index + 2}`)

/** Where each actor of a layout listens, by the port of the first. */
export function portsFrom(
  firstPort: number,
  city: Pick<CityPlan, 'parties'>,
  isForeign: boolean,
  platformProcesses = 1,
): ReadonlyMap<string, number> {
  const names = [...actorNames(city), ...furtherPlatforms(platformProcesses)]
  return new Map(
    layoutOf(city, isForeign, platformProcesses).flatMap((actors) => actors.map((name) => [name, firstPort + names.indexOf(name)])),
  )
}

const lowestPriority = constants.priority.PRIORITY_LOW
/** Between the child's stop and its end for certain. */
const mercyMs = 5000
const askEveryMs = 50

export async function startProcesses(options: StartOptions): Promise<WireCity> {
  const {
    city,
    serve,
    secretName,
    secret,
    booksFolder,
    platformWords,
    restartDatabase,
    platformProcesses = 1,
    isForeign = false,
    signal,
  } = options
  const further = furtherPlatforms(platformProcesses)
  const names = [...actorNames(city), ...further]
  const firstPort = options.firstPort ?? (await firstOfFreePorts(names.length, '127.0.0.1'))
  const originOf = (actor: string) => {
    const index = names.indexOf(actor)
    if (index < 0) throw new Error(`no actor is called ${actor}`)
    return `http://127.0.0.1:${firstPort + index}`
  }
  const layout = layoutOf(city, isForeign, platformProcesses)
  const at = further.length === 0 ? [] : ['--at', ...['platform', ...further].map((name) => `platform=${originOf(name)}`)]
  const control = controlClient(originOf, keyRing(secret).controlToken)
  const started = (actors: readonly string[]): Child => {
    const isFurther = further.includes(actors[0] as string)
    const only = isFurther ? ['platform'] : actors
    const words = ['--actor', ...only, '--port', String(firstPort), '--books', `${booksFolder}/${actors[0]}`, '--until-input-ends']
    // A further process of the platform listens at its own address; everybody else knows them all.
    const own = isFurther ? ['--at', `platform=${originOf(actors[0] as string)}`] : at
    const [program, ...rest] = [...serve, ...words, ...own, ...(only.includes('platform') ? platformWords : [])] as [string, ...string[]]
    // A group of its own: Ctrl-C at the terminal reaches the run alone, which stops its children in their turn.
    const child = spawn(program, rest, { stdio: ['pipe', 'ignore', 'pipe'], detached: true, env: { ...process.env, [secretName]: secret } })
    standBehind(child, options.niceness ?? 0)
    return watched(actors, child)
  }
  const children = layout.map(started)
  const stop = async () => {
    await Promise.all(children.map(end))
  }
  try {
    await Promise.all(children.map((child) => ready(child, control, signal)))
  } catch (error) {
    await stop()
    throw error
  }
  const { control: kept, again } = remembering(control)
  return {
    control: kept,
    layout,
    originOf,
    stop,
    process: {
      async begin(actor, does) {
        const child = childOf(children, actor)
        if (child.hasEnded()) throw new ActorGone(actor, child.said())
        if (does === 'pause') signalTo(child, 'SIGSTOP')
        else if (does === 'kill') {
          signalTo(child, 'SIGKILL')
          await child.ended
        } else if (does === 'fill-disk') noRoomFor(child)
        else if (restartDatabase !== undefined && actor === 'platform') await restartDatabase()
        else throw new NotCarriedOut(actor, does)
      },
      async end(actor, does) {
        const child = childOf(children, actor)
        if (does === 'pause') return signalTo(child, 'SIGCONT')
        // It went down and came back in one go.
        if (does === 'restart-database') return
        // Its store has given up for good, as on a full disk: it begins anew where there is room.
        if (does === 'fill-disk') {
          signalTo(child, 'SIGKILL')
          await child.ended
        }
        const next = started(child.actors)
        children[children.indexOf(child)] = next
        await ready(next, control, signal)
        // What the process had in its memory only: the business moment and the planned service times.
        await again(
          next.actors,
          layout.flat().find((other) => !next.actors.includes(other)),
        )
      },
    },
    get processes() {
      return children.map(({ process: own, actors, ended, hasEnded }) => ({ actors, pid: own.pid as number, ended, hasEnded }))
    },
  }
}

/** No file of the process may grow any more, which to its books is a full disk: writing fails, reading and the network go on. */
function noRoomFor({ process: own, actors }: Child): void {
  const { status, stderr, error } = spawnSync('prlimit', ['--pid', String(own.pid), '--fsize=1:1'], { encoding: 'utf8' })
  if (status !== 0) throw new NotCarriedOut(actors[0] ?? '', `fill-disk (prlimit: ${error?.message ?? stderr.trim()})`)
}

/** Never before it, which only an administrator may. */
function standBehind({ pid }: ChildProcess, niceness: number): void {
  if (pid === undefined || niceness === 0) return
  try {
    setPriority(pid, Math.min(lowestPriority, getPriority() + niceness))
  } catch {
    // It has ended already, and its end is told elsewhere.
  }
}

/** A fault of a process that a run on one machine does not know how to carry out. */
export class NotCarriedOut extends Error {
  override readonly name = 'NotCarriedOut'
  constructor(actor: string, does: string) {
    super(`${does}: nothing here can do that to the process of ${actor}`)
  }
}

function childOf(children: readonly Child[], actor: string): Child {
  const child = children.find(({ actors }) => actors.includes(actor))
  if (child === undefined) throw new Error(`no process runs ${actor}`)
  return child
}

function signalTo({ process: own, hasEnded }: Child, signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void {
  if (!hasEnded()) process.kill(-(own.pid as number), signal)
}

/** The client, keeping the last service plan of each actor for a process that is started again. */
function remembering(control: ControlClient): {
  readonly control: ControlClient
  /** @param clock an actor that lives and knows the business moment */
  readonly again: (actors: readonly string[], clock: string | undefined) => Promise<void>
} {
  const plans = new Map<string, object | string>()
  return {
    control: {
      ...control,
      ask(actor, method, path, body) {
        if (path === '/control/service-plan' && body !== undefined) plans.set(actor, body)
        return control.ask(actor, method, path, body)
      },
    },
    async again(actors, clock) {
      for (const actor of actors) {
        const plan = plans.get(actor)
        if (plan !== undefined) await control.ask(actor, 'PUT', '/control/service-plan', plan)
        if (clock !== undefined)
          await control.ask(actor, 'PUT', '/control/clock', (await control.ask(clock, 'GET', '/control/clock')) as object)
      }
    },
  }
}

interface Child {
  readonly actors: readonly string[]
  readonly process: ChildProcess
  readonly ended: Promise<void>
  readonly hasEnded: () => boolean
  readonly said: () => string
}

function watched(actors: readonly string[], child: ChildProcess): Child {
  let said = ''
  let isOver = false
  child.stderr?.on('data', (text: Buffer) => {
    said = (said + text.toString()).slice(-10_000)
  })
  const ended = new Promise<void>((resolve) => {
    const over = () => {
      isOver = true
      resolve()
    }
    child.on('close', over)
    child.on('error', (error) => {
      said += error.message
      over()
    })
  })
  return { actors, process: child, ended, hasEnded: () => isOver, said: () => said }
}

async function ready(child: Child, control: ControlClient, signal: AbortSignal): Promise<void> {
  for (const actor of child.actors) {
    while (!(await control.isReady(actor))) {
      signal.throwIfAborted()
      if (child.hasEnded()) throw new ChildFailed(child.actors, child.said())
      await new Promise((resolve) => setTimeout(resolve, askEveryMs))
    }
  }
}

async function end(child: Child): Promise<void> {
  const { process: own, ended, hasEnded } = child
  if (hasEnded()) return
  // One that was paused and never woken ends as well.
  signalTo(child, 'SIGCONT')
  own.stdin?.end()
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, mercyMs)
  await Promise.race([ended, promise])
  clearTimeout(timer)
  if (hasEnded()) return
  try {
    process.kill(-(own.pid as number), 'SIGKILL')
  } catch {
    // It ended between the question and this line.
  }
  await ended
}
