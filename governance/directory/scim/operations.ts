// The operations of a PATCH (RFC 7644, 3.5.2), one by one: a request without a path says several at once. Pure.
import { z } from 'zod'
import { targetOf, type Target } from './path'
import { ScimError } from './scim-error'
import { attributeOf } from './user-said'

export const OPERATIONS_MAX = 1000
const Operation = z.object({
  op: z
    .string()
    .transform((word) => word.toLowerCase())
    .pipe(z.enum(['add', 'replace', 'remove'])),
  path: z.string().trim().min(1).max(4000).nullish(),
  value: z.unknown().optional(),
})

export type Step = { op: 'add' | 'replace' | 'remove'; target: Target; value: unknown }

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** `{ "urn:…:User": { "manager": … } }` speaks of attributes of that schema. */
function stepsIn(op: Step['op'], value: Record<string, unknown>, under = ''): Step[] {
  return Object.entries(value).flatMap(([key, inner]): Step[] => {
    if (/^urn:.*:(user|group)$/i.test(key) && isObject(inner)) return stepsIn(op, inner, `${key}:`)
    return [{ op, target: targetOf(under + key), value: inner }]
  })
}

function stepsOf({ op, path, value }: z.infer<typeof Operation>): Step[] {
  if (path !== null && path !== undefined) {
    // Some providers name a whole schema as the path.
    if (/^urn:.*:(user|group)$/i.test(path) && isObject(value)) return stepsIn(op, value, `${path}:`)
    return [{ op, target: targetOf(path), value }]
  }
  if (op === 'remove') throw new ScimError('noTarget', 'remove needs a path.')
  if (!isObject(value))
    throw new ScimError('invalidValue', `${op} without a path needs an object as its value.`)
  return stepsIn(op, value)
}

/** @throws ScimError `invalidSyntax`, `invalidPath`, `noTarget`, `invalidValue`, `tooMany` */
export function readOperations(raw: unknown): Step[] {
  const list = attributeOf(raw, 'Operations')
  if (!Array.isArray(list) || !list.length)
    throw new ScimError('invalidSyntax', 'The body has no Operations.')
  if (list.length > OPERATIONS_MAX)
    throw new ScimError('tooMany', `More than ${OPERATIONS_MAX} operations. Send fewer at a time.`)
  return list.flatMap((one: unknown, index) => {
    const parsed = Operation.safeParse(one)
    if (parsed.success) return stepsOf(parsed.data)
    const [issue] = parsed.error.issues
    throw new ScimError(
      'invalidSyntax',
      `Operations ${index}: ${issue?.path.join('.') ?? ''} is not understood.`,
    )
  })
}
