/**
 * The medpay command: reads the words, hands over to one file per subcommand, and turns whatever comes back into an exit code.
 * Results go to standard output, everything else to standard error.
 */
import { Command, CommanderError } from 'commander'
import { addCalibrate } from './commands/calibrate.ts'
import { addCity } from './commands/city-import.ts'
import { addDiff } from './commands/diff.ts'
import { addDoctor } from './commands/doctor.ts'
import { addExplain } from './commands/explain.ts'
import { addFailover } from './commands/failover.ts'
import { addLoad } from './commands/load.ts'
import { addReport } from './commands/report.ts'
import { addRun } from './commands/run.ts'
import { addScenarios } from './commands/scenarios.ts'
import { addServe } from './commands/serve.ts'
import { addValidate } from './commands/validate.ts'
import { addVisit } from './commands/visit.ts'
import { addWhy } from './commands/why.ts'
import type { Context } from './context.ts'
import { type ExitCode, exitCodeHelp, exitCodes } from './exit-codes.ts'
import { CommandFailure, outputFailure } from './failure.ts'
import { packageVersion } from './house.ts'
import { listenForInterruption } from './interruption.ts'
import { replayCommand } from './replay-command.ts'
import { processTerminal } from './terminal.ts'

const terminal = processTerminal((error) => {
  process.exitCode = tell(outputFailure(error, 'standard output · 标准输出') ?? error)
})
process.on('uncaughtException', (error) => process.exit(tell(error)))
process.on('unhandledRejection', (error) => process.exit(tell(error)))

try {
  const context: Context = { terminal, interruption: listenForInterruption(terminal), secondsNow: () => performance.now() / 1000 }
  await medpay(context).parseAsync()
} catch (error) {
  process.exitCode = tell(error)
}

function medpay(context: Context): Command {
  const program = new Command('medpay')
    .description(
      "plays a city's medical payments from one scenario file: queues, settlement, money\n从一个情景文件推演一座城市的医疗付费：排队、结算、资金",
    )
    .version(packageVersion, '-V, --version', 'print the version · 版本号')
    .helpOption('-h, --help', 'print this help · 帮助')
    .helpCommand('help [command]', 'help on a command · 命令帮助')
    .showHelpAfterError('(medpay --help shows all commands · 查看全部命令)')
    .exitOverride()
  for (const add of [
    addRun,
    addLoad,
    addFailover,
    addValidate,
    addScenarios,
    addExplain,
    addReport,
    addDiff,
    addVisit,
    addCity,
    addCalibrate,
    addServe,
    addWhy,
    addDoctor,
  ])
    add(program, context)
  return program.addHelpText('after', exitCodeHelp())
}

/** Says what went wrong, once and in both languages, and gives the exit code for it. */
function tell(error: unknown): ExitCode {
  const { notice } = terminal
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.badInput
  if (error instanceof CommandFailure) {
    notice(error.message)
    return error.exitCode
  }
  notice(`an error of our own: ${error instanceof Error ? error.message : String(error)}`)
  notice('程序自身错误；请附上以下命令报告')
  notice(`replay · 重现: ${replayCommand(process.argv.slice(2))}   # medpay ${packageVersion}, node ${process.versions.node}`)
  if (terminal.env['MEDPAY_DEBUG'] === '1' && error instanceof Error) notice(error.stack ?? '')
  else notice('(MEDPAY_DEBUG=1 adds where in the code · 设置 MEDPAY_DEBUG=1 可显示代码位置)')
  return exitCodes.internalError
}
