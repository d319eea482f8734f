import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { badInput } from '../bad-input.ts'
import type { Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { CommandFailure } from '../failure.ts'
import { writeWhole } from '../write-file.ts'

interface ImportOptions {
  readonly observed?: string
  readonly base?: string
  readonly out: string
  readonly overwrite?: boolean
}

export function addCity(program: Command, { terminal }: Context): void {
  program
    .command('city')
    .description('make a city file\n制作城市文件')
    .command('import')
    .argument('<sites.csv>', 'one row per site: windows, doctors, hourly arrivals · 每行一个执业点')
    .option('--observed <waits.csv>', 'waits you observed, to stand beside the model’s · 实测等候时间')
    .option('--base <city>', 'a city that ships, or a file, for everything but the sites (default: shanghai) · 其余数据所依据的城市')
    .requiredOption('--out <city.yaml>', 'the city file to write · 输出文件')
    .option('--overwrite', 'replace the file if it exists · 允许覆盖')
    .description('a city file from your own sites, windows and hourly arrivals\n由自有执业点数据生成城市文件')
    .action(async (sitesPath: string, { observed, base, out, overwrite }: ImportOptions) => {
      const { importSites } = await import('../../scenarios/import-sites.ts')
      const made = importSites(textOf(sitesPath), observed === undefined ? null : textOf(observed), {
        sites: sitesPath,
        ...(observed !== undefined && { observed }),
        ...(base !== undefined && { base }),
      })
      if ('problems' in made) throw badInput(made.problems)
      writeWhole(out, made.cityYaml, overwrite === true)
      terminal.line(out)
    })
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    throw new CommandFailure(
      exitCodes.badInput,
      `${path} cannot be read (${code}); check the path`,
      `无法读取 ${path}（${code}）；请检查路径`,
    )
  }
}
