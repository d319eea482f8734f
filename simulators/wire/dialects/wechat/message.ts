/** One message of WeChat Pay v3: where it goes, its fields, and a synthetic pair. Routes, OpenAPI and the coverage page are made from it. */
import { type TObject, type TSchema, Type } from 'typebox'
import { text } from '../field.ts'

export interface WechatMessage<Body extends TObject | undefined = TObject | undefined> {
  readonly method: 'GET' | 'POST'
  /** With its parameters as fastify writes them. */
  readonly path: string
  /** Name in metrics and service times, after `wechat/`. */
  readonly operation: string
  readonly zh: string
  readonly en: string
  readonly params?: TObject
  readonly query?: TObject
  readonly body: Body
  /** Absent: 204 without a body. */
  readonly answer?: TSchema
  readonly example: WechatExample
}

export interface WechatExample {
  /** With its query. */
  readonly path: string
  readonly body?: object
  readonly answer?: object
  /** Parts of the answer that are made of chance, by name: present in the answer, and not compared. */
  readonly byChance?: readonly string[]
}

export const wechatMessage = <Body extends TObject | undefined>(message: WechatMessage<Body>): WechatMessage<Body> => message
export const byMerchant = Type.Object({ mchid: text('商户号', 32, { standing: 'enforced' }) })

/** The synthetic merchant, app and payer of all pairs. */
export const exampleParties = { mchid: '1900000001', appid: 'wx-synthetic-app', openid: 'o-payer-42' } as const
