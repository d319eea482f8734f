/**
 * SJ11 登记 and SJ21 登记查询. ASSUMPTION: SJ21 lists a person's enrolments of one kind; OH shows a query's fields (its kind is cxtype, with
 * the codes of djtype), others call it 登记撤销.
 */
import { coded, fields, list, optional, seenIn, text } from '../field.ts'
import { credentialFields, readCredential, writeCredential } from './credential.ts'
import { basisOf } from './example-claim.ts'
import { shanghaiMessage } from './message.ts'

const types = { 0: '门诊', 1: '家床', 2: '急观', 3: '入院', 4: '大病', 6: '保健对象急观', 7: '保健对象入院' } as const

export const enrol = shanghaiMessage({
  code: 'SJ11',
  zh: '登记',
  en: 'Enrolment',
  does: 'enrol',
  content: fields({
    ...credentialFields,
    djtype: coded('登记类别', types, { standing: 'enforced' }),
    ...seenIn('OH', {
      deptid: text('科室编码', 50),
      djno: text('登记号（急观号、住院号）', 30, { standing: 'enforced' }),
      startdate: text('开始日期', 10),
      enddate: text('结束日期', 10),
      zdnos: optional(list('诊断', fields({ zdno: text('诊断编码', 20), zdmc: text('诊断名称', 100) }))),
      dbxm: optional(text('大病项目', 10)),
      zd: optional(text('门诊大病疾病诊断分类', 20)),
      dbzl: optional(text('大病登记子类', 10)),
      ysxm: optional(text('大病登记医师', 50)),
      ysgh: optional(text('大病登记医师工号', 30)),
    }),
  }),
  answer: fields(seenIn('OH', { lsh: text('登记中心流水号', 30) })),
  ask: ({ credential, type, number, from, until }) => ({
    ...writeCredential(credential),
    djtype: type,
    deptid: '01',
    djno: number,
    startdate: from,
    enddate: until,
  }),
  read: (content, sender) => ({
    ...sender,
    credential: readCredential(content),
    type: content.djtype,
    number: content.djno,
    from: content.startdate,
    until: content.enddate,
  }),
  write: ({ enrolment }) => ({ lsh: enrolment }),
  hear: ({ lsh }) => ({ outcome: 'enrolled' as const, enrolment: lsh }),
  businessKey: ({ djno }) => djno,
  example: {
    request: {
      ...basisOf(13),
      credential: { kind: 'card', value: '9000000042' },
      type: '3',
      number: 'ZY0001',
      from: '20201011',
      until: '20201012',
    },
    reply: { outcome: 'enrolled', enrolment: 'DJ0000000001' },
  },
})

export const listEnrolments = shanghaiMessage({
  code: 'SJ21',
  zh: '登记查询',
  en: 'Enrolments looked up',
  does: 'enrolments',
  content: fields({
    ...credentialFields,
    ...seenIn('OH', { cxtype: coded('查询类别', types, { standing: 'enforced' }), dbxm: optional(text('大病项目', 10)) }),
  }),
  answer: fields({
    djxxs: list(
      '登记信息',
      fields(
        seenIn('unverified', {
          djh: text('登记流水号', 30),
          djno: text('登记号', 30),
          startdate: text('开始日期', 10),
          enddate: text('结束日期', 10),
        }),
      ),
    ),
  }),
  ask: ({ credential, type }) => ({ ...writeCredential(credential), cxtype: type }),
  read: (content, from) => ({ ...from, credential: readCredential(content), type: content.cxtype }),
  write: ({ enrolments }) => ({
    djxxs: enrolments.map(({ enrolment, number, from, until }) => ({ djh: enrolment, djno: number, startdate: from, enddate: until })),
  }),
  hear: ({ djxxs }) => ({
    outcome: 'enrolments' as const,
    enrolments: djxxs.map(({ djh, djno, startdate, enddate }) => ({ enrolment: djh, number: djno, from: startdate, until: enddate })),
  }),
  businessKey: 'person-shown',
  example: {
    request: { ...basisOf(14), credential: { kind: 'card', value: '9000000042' }, type: '3' },
    reply: {
      outcome: 'enrolments',
      enrolments: [{ enrolment: 'DJ0000000001', number: 'ZY0001', from: '20201011', until: '20201012' }],
    },
  },
})
