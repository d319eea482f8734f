/** What a month's application (清算申请) says of one bill's settlement: held back, then paid after the appeal or deducted. */

interface PutApplication {
  readonly does: 'put-application'
  readonly application: {
    readonly questioned?: readonly { readonly settlement: string; readonly amountFen: number }[]
    readonly appeal?: { readonly settlements: readonly { readonly settlement: string }[]; readonly upheld: readonly string[] }
  }
}

export const isApplication = (effect: unknown): effect is PutApplication =>
  typeof effect === 'object' && effect !== null && (effect as { readonly does?: unknown }).does === 'put-application'

export function reviewedEffects(
  { application: { questioned = [], appeal } }: PutApplication,
  isKnown: (key: string) => boolean,
): readonly { readonly does: string; readonly heldFen: number }[] {
  return questioned
    .filter(({ settlement }) => isKnown(settlement))
    .map(({ settlement, amountFen }) => {
      if (appeal === undefined) return { does: 'hold-back', heldFen: amountFen }
      return { does: appeal.upheld.includes(settlement) ? 'appeal-won' : 'appeal-lost', heldFen: amountFen }
    })
}
