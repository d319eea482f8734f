/** 9001 签到 and 9002 签退. */
import { secondOf } from '../../desks/business-time.ts'
import { fields, optional, text } from '../field.ts'
import { nationalMessage } from './message.ts'

const operator = () => text('操作员编号', 20, { standing: 'enforced', minLength: 1 })

export const signIn = nationalMessage({
  code: '9001',
  zh: '签到',
  en: 'Sign in',
  does: 'signIn',
  input: fields({
    signIn: fields({ opter_no: operator(), mac: optional(text('签到MAC地址', 20)), ip: optional(text('签到IP地址', 20)) }),
  }),
  output: fields({ signinoutb: fields({ sign_time: text('签到时间', 19), sign_no: text('签到编号', 30) }) }),
  read: ({ signIn: { opter_no } }) => ({ operator: opter_no }),
  write: ({ signIn: number, atMs }) => ({ signinoutb: { sign_time: secondOf(atMs), sign_no: number } }),
  businessKey: ({ signIn: { opter_no } }) => opter_no,
})

export const signOut = nationalMessage({
  code: '9002',
  zh: '签退',
  en: 'Sign out',
  does: 'signOut',
  input: fields({ signOut: fields({ sign_no: text('签到编号', 30, { standing: 'enforced', minLength: 1 }), opter_no: operator() }) }),
  output: fields({ signinoutb: fields({ sign_time: text('签退时间', 19) }) }),
  read: ({ signOut: { sign_no, opter_no } }) => ({ signIn: sign_no, operator: opter_no }),
  write: ({ atMs }) => ({ signinoutb: { sign_time: secondOf(atMs) } }),
  businessKey: ({ signOut: { opter_no } }) => opter_no,
})
