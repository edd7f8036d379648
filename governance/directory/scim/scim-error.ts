// What SCIM calls the ways a request can be wrong (RFC 7644, 3.12), over our own codes.
import { RollcallError, type Code } from '@/core/errors'

export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue'

const CODE: Partial<Record<ScimType, Code>> = { uniqueness: 'conflict' }

export class ScimError extends RollcallError {
  constructor(
    readonly scimType: ScimType,
    message: string,
  ) {
    super(CODE[scimType] ?? 'invalid', message)
  }
}
