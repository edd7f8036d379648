// What can be asked about access: one schema for page, API and command line.
import { z } from 'zod'

const Reference = z
  .string('Say which one.')
  .trim()
  .min(1, 'Say which one.')
  .max(2048, 'Is longer than 2,048 characters.')
  .refine((text) => !text.includes('\u0000'), 'Holds a NUL character.')
const Flag = z.stringbool({
  truthy: ['true', 'yes', '1', ''],
  falsy: ['false', 'no', '0'],
  error: 'Write true or false.',
})

export const HOPS_MAX = 8
export const NODES_MAX = 5000
const wholeUpTo = (max: number) => {
  const words = `Write a whole number from 1 to ${max}.`
  return z.coerce.number(words).int(words).min(1, words).max(max, words)
}
const Hops = wholeUpTo(HOPS_MAX)

export const CanQuestion = z.strictObject({
  identity: Reference.describe('Who: an id, an ARN, an email or a name.'),
  action: Reference.describe('In the words of the platform: s3:GetObject, create, secrets/getSecret.'),
  resource: Reference.describe('An ARN, pods/exec, a resource id, a path.'),
  place: Reference.optional().describe('The part of the scope it is in, such as a namespace.'),
  scope: Reference.optional().describe('Which scope the identity is in, where the name alone does not tell.'),
  context: z
    .record(z.string().max(256), z.union([z.string().max(2048), z.array(z.string().max(2048)).max(100)]))
    .refine((given) => Object.keys(given).length <= 50, { error: 'holds more than 50 keys' })
    .optional()
    .describe('What is known of the request, by condition key.'),
})
export type CanQuestion = z.infer<typeof CanQuestion>

export const BecomeQuestion = z.strictObject({
  identity: Reference.describe('Whom: an id, an ARN, an email or a name.'),
  scope: Reference.optional().describe('Which scope the identity is in, where the name alone does not tell.'),
  hops: Hops.default(3).describe('How many steps away somebody may be.'),
  certain: Flag.default(false).describe('Leaves out steps that depend on something.'),
})
export type BecomeQuestion = z.infer<typeof BecomeQuestion>

export const ReachQuestion = z.strictObject({
  from: Reference.describe(
    'From where: an identity, a workload, a credential, token:<issuer>|<subject>, or vendor:<name>.',
  ),
  scope: Reference.optional().describe('Which scope it is in, where the name alone does not tell.'),
  hops: Hops.default(4).describe('How many steps to follow.'),
  certain: Flag.default(false).describe('Leaves out steps that depend on something.'),
})
export type ReachQuestion = z.infer<typeof ReachQuestion>

export const PathQuestion = z.strictObject({
  from: Reference.describe('From where, as for reach.'),
  to: Reference.describe('To whom: an identity, or administrator:<scope> for everything in a scope.'),
  hops: Hops.default(6).describe('How long a path may be.'),
  paths: wholeUpTo(20).default(5).describe('How many paths to tell.'),
  certain: Flag.default(false).describe('Leaves out steps that depend on something.'),
})
export type PathQuestion = z.infer<typeof PathQuestion>
