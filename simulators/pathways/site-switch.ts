import type { Pathway } from './pathway.ts'

/** 签到: a window, kiosk or consulting room of a site that switches over signs in at the bureau, again and again until it is in. */
export const terminalSignIn: Pathway = untilDone('terminal-sign-in')

/** 目录下载: a site that switches over loads its directories from the bureau's file desk, again and again until they are in. */
export const directoryDownload: Pathway = untilDone('directory-download')

function untilDone(errand: string): Pathway {
  return {
    name: errand,
    begin: 'send',
    steps: {
      send: { does: 'pay', errand, otherwise: { window: 'pause' }, next: 'leave' },
      pause: { does: 'delay', for: 'switch-pause', next: 'send' },
      leave: { does: 'leave', as: 'switched' },
    },
  }
}
