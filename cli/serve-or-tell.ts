import { type Served, type ServeOptions, serve } from '../simulators/wire/serve.ts'
import { BookUnusable, CannotListen, PortTaken, WhereaboutsUnknown } from '../simulators/wire/serve-failures.ts'
import { LedgerUnreachable } from '../simulators/wire/stores/postgres-ledger.ts'
import { exitCodes } from './exit-codes.ts'
import { CommandFailure } from './failure.ts'

/** The city, or why it does not come up, with the remedy. What had begun is stopped by then. */
export async function serveOrTell(options: ServeOptions): Promise<Served> {
  try {
    return await serve(options)
  } catch (error) {
    throw whyNotServed(error) ?? error
  }
}

/** The remedy for whatever keeps a city from coming up; undefined where it is something else. */
export function whyNotServed(error: unknown): CommandFailure | undefined {
  if (error instanceof PortTaken) {
    return new CommandFailure(
      exitCodes.outputProblem,
      `port ${error.port} for ${error.actor} is in use; end what holds it, or choose another --port (0 takes free ones)`,
      `${error.actor} 的端口 ${error.port} 已被占用；请结束占用者，或另选 --port（0 表示任意空闲端口）`,
    )
  }
  if (error instanceof CannotListen) {
    return new CommandFailure(
      exitCodes.outputProblem,
      `this machine does not let a program listen at ${error.host} (${error.code}); choose another --host, or a --port above 1023`,
      `本机不允许在 ${error.host} 监听（${error.code}）；请另选 --host，或 1023 以上的 --port`,
    )
  }
  if (error instanceof WhereaboutsUnknown) {
    return new CommandFailure(
      exitCodes.badInput,
      `${error.actor} is needed by an actor that is started, and is not started here; add it to --actor, or say --at ${error.actor}=http://host:port`,
      `所启动的角色需要 ${error.actor}，而它不在此启动；请加入 --actor，或用 --at ${error.actor}=http://主机:端口 说明其地址`,
    )
  }
  if (error instanceof LedgerUnreachable) {
    return new CommandFailure(
      exitCodes.outputProblem,
      `the ledger cannot be opened: ${error.message}; is the server running, and are name and password right?`,
      `无法打开账本：${error.message}；请确认服务器已启动，用户名与密码正确`,
    )
  }
  if (error instanceof BookUnusable) {
    return new CommandFailure(
      exitCodes.outputProblem,
      `the book ${error.path} cannot be opened: ${error.message}; is the disk full or the folder read-only, or is that file something else? Choose another --books`,
      `无法打开账簿 ${error.path}：${error.message}；磁盘是否已满、目录是否只读，或该文件另有用途？请另选 --books`,
    )
  }
  return undefined
}
