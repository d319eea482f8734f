/** Where this machine's certificate authority lies: in the state folder of its user, outside every repository. */
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'
import { type LocalAuthority, makeAuthority, whyNoAuthority } from '../simulators/wire/signing/local-authority.ts'
import { exitCodes } from './exit-codes.ts'
import { CommandFailure, outputFailure } from './failure.ts'

const certificateFile = 'authority.pem'
const keyFile = 'authority-key.pem'

/** The authority, made now if there is none. Its key can be read by its user alone. */
export function localAuthority(
  env: Readonly<Record<string, string | undefined>>,
  nowMs: number,
): LocalAuthority & { readonly path: string } {
  const stateHome = env['XDG_STATE_HOME']
  // The base directory specification has relative paths ignored.
  const state = stateHome !== undefined && isAbsolute(stateHome) ? stateHome : join(homedir(), '.local', 'state')
  const folder = join(state, 'medpay-testbed', 'tls')
  const authority = read(folder) ?? made(folder, nowMs)
  const why = whyNoAuthority(authority, nowMs)
  if (why === undefined) return { ...authority, path: join(folder, certificateFile) }
  const { en, zh } = reasons[why]
  throw new CommandFailure(
    exitCodes.somethingMissing,
    `the certificate authority in ${folder} ${en}; remove that folder and repeat: a new one is made, and its clients are to be pointed at it again`,
    `${folder} 中的证书机构${zh}；请删除该目录后重试：将新建一个，客户端需重新指向它`,
  )
}

const reasons = {
  unreadable: { en: 'cannot be read', zh: '无法读取' },
  'not-a-pair': { en: 'has a key of another certificate', zh: '的私钥与证书不匹配' },
  expired: { en: 'has ended, or ends before its certificates would', zh: '已到期或即将到期' },
} as const

function read(folder: string): LocalAuthority | undefined {
  try {
    return {
      certificate: readFileSync(join(folder, certificateFile), 'utf8'),
      privateKey: readFileSync(join(folder, keyFile), 'utf8'),
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw outputFailure(error, folder) ?? error
  }
}

/** Both files at once: of two commands that make one at the same moment, the second takes the first's. */
function made(folder: string, nowMs: number): LocalAuthority {
  try {
    mkdirSync(dirname(folder), { recursive: true, mode: 0o700 })
    const draft = mkdtempSync(`${folder}-`)
    const authority = makeAuthority(nowMs)
    writeFileSync(join(draft, certificateFile), authority.certificate)
    writeFileSync(join(draft, keyFile), authority.privateKey, { mode: 0o600 })
    try {
      renameSync(draft, folder)
      return authority
    } catch (error) {
      rmSync(draft, { recursive: true })
      const other = read(folder)
      if (other === undefined) throw error
      return other
    }
  } catch (error) {
    throw outputFailure(error, folder) ?? error
  }
}
