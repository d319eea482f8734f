import { Type } from 'typebox'

/** Whole fen. */
export const fen = () => Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: '分' })
/** A key of a caller's own, unique at the receiver. */
export const key = (title = '业务键') => Type.String({ minLength: 1, maxLength: 80, pattern: '^[\\x21-\\x7e]+$', title })
export const site = () => Type.Integer({ minimum: 0, maximum: 999_999_999, title: '执业点' })
/** A business day, yyyy-MM-dd. */
export const day = (title: string) => Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', title })
export const person = () => Type.Integer({ minimum: 0, maximum: 999_999_999, title: '人员' })

export const split = () =>
  Type.Object(
    {
      fundFen: fen(),
      currentAccountFen: fen(),
      historyAccountFen: fen(),
      cashFen: fen(),
      uncoveredFen: fen(),
      deductibleFen: fen(),
    },
    { additionalProperties: false },
  )

export const billLine = () =>
  Type.Object(
    {
      number: Type.Integer({ minimum: 0, maximum: 9999 }),
      prescription: Type.String({ maxLength: 30 }),
      code: Type.String({ maxLength: 50 }),
      name: Type.String({ maxLength: 100 }),
      priceFen: fen(),
      count: Type.Integer({ minimum: 0, maximum: 99_999 }),
      totalFen: fen(),
      coveredFen: fen(),
    },
    { additionalProperties: false },
  )

export const strict = { additionalProperties: false } as const
