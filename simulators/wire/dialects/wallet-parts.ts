import { alipayMessages } from './alipay/messages.ts'
import type { DialectPart } from './coverage-page.ts'
import { fields } from './field.ts'
import { wechatMessages } from './wechat/messages.ts'

/** The wallets on the coverage page. */
export const walletParts: readonly DialectPart[] = [
  {
    zh: '微信支付 v3',
    en: 'WeChat Pay v3',
    assumptions: [
      {
        zh: '关闭、撤销或退款先于下单到达时，该商户订单号此后下单即被拒绝',
        en: 'what is closed, revoked or refunded before it came is refused when it comes',
      },
      {
        zh: '混合订单回调在 30 秒内重试三次，间隔 5、10、15 秒；支付与退款回调按文档的阶梯',
        en: 'a mixed order is told three times more within 30 s, after 5, 10 and 15 s; payments and refunds along the documented ladder',
      },
      {
        zh: '混合订单错误的 HTTP 状态与错误码文字未经核对，其编号见于文档',
        en: 'HTTP status and code word of a mixed order’s errors are unverified, their numbers are documented',
      },
      {
        zh: '回调只发往本机与测试方列出的主机',
        en: 'callbacks go to this machine and to hosts the tester lists, nowhere else',
      },
    ],
    messages: wechatMessages.map(({ method, path, zh, en, params, query, body, answer }) => ({
      code: `${method} ${path}`,
      zh,
      en,
      request: fields({ ...params?.properties, ...query?.properties, ...body?.properties }),
      ...(answer === undefined ? {} : { answer }),
    })),
  },
  {
    zh: '支付宝开放网关',
    en: 'Alipay’s open gateway',
    assumptions: [
      { zh: '字段取自公开客户端，未经核对', en: 'fields are those of a public client, unverified' },
      {
        zh: '时间戳与本机时间相差一天以内即接受，因客户端所写为其本机时区的时间',
        en: 'a timestamp is good within a day of now, since clients write their machine’s own time',
      },
      {
        zh: '回调阶梯 4、10、10 分钟，1、2、6、15 小时',
        en: 'notices come again after 4, 10, 10 minutes, 1, 2, 6 and 15 hours',
      },
      { zh: '账单为单个 UTF-8 文件，而非 GBK 压缩包', en: 'a bill is one file in UTF-8, and no archive in GBK' },
    ],
    messages: alipayMessages.map(({ method, zh, en, content, reply }) => ({ code: method, zh, en, request: content, answer: reply })),
  },
]
