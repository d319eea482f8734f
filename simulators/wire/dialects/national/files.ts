/** 9101 文件上传 and 9102 文件下载. The bytes are base64 here; the real wire has them as they are (unverified which way). */
import { fields, text } from '../field.ts'
import { nationalMessage } from './message.ts'

const institution = () => text('医药机构编号', 12)

export const uploadFile = nationalMessage({
  code: '9101',
  zh: '文件上传',
  en: 'File sent',
  does: 'keepFile',
  input: fields({
    fsUploadIn: fields({
      in: text('文件数据', 39_000, { standing: 'enforced', minLength: 1, pattern: '^[A-Za-z0-9+/]+={0,2}$' }),
      filename: text('文件名', 200, { standing: 'enforced', minLength: 1 }),
      fixmedins_code: institution(),
    }),
  }),
  output: fields({ file_qury_no: text('文件查询号', 30), filename: text('文件名', 200), fixmedins_code: institution() }),
  read: ({ fsUploadIn }) => ({ name: fsUploadIn.filename, base64: fsUploadIn.in }),
  write: ({ file, name }) => ({ file_qury_no: file, filename: name, fixmedins_code: '' }),
  businessKey: ({ fsUploadIn }) => fsUploadIn.filename,
})

export const downloadFile = nationalMessage({
  code: '9102',
  zh: '文件下载',
  en: 'File had',
  does: 'readFile',
  input: fields({
    fsDownloadIn: fields({
      file_qury_no: text('文件查询号', 40, { standing: 'enforced', minLength: 1 }),
      filename: text('文件名', 200),
      fixmedins_code: institution(),
    }),
  }),
  output: fields({ filename: text('文件名', 200), in: text('文件数据', 8_000_000, { source: 'unverified' }) }),
  read: ({ fsDownloadIn }) => ({ file: fsDownloadIn.file_qury_no }),
  write: ({ name, base64 }) => ({ filename: name, in: base64 }),
  businessKey: ({ fsDownloadIn }) => fsDownloadIn.file_qury_no,
})
