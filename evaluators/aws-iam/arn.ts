// Parts of ARNs.
export type Arn = { partition: string; service: string; region: string; account: string; resource: string }

const FIELDS = 6
export function arnOf(text: string): Arn | undefined {
  const fields = text.split(':')
  const [arn, partition = '', service = '', region = '', account = ''] = fields
  if (arn !== 'arn' || fields.length < FIELDS) return undefined
  return { partition, service, region, account, resource: fields.slice(FIELDS - 1).join(':') }
}

const ACCOUNT = /^\d{12}$/
export const isAccount = (text: string | undefined): text is string =>
  text !== undefined && ACCOUNT.test(text)
