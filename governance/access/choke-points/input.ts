// What can be asked about choke points: one schema for API and command line.
import { z } from 'zod'
import { HOPS_MAX } from '../questions/input'

const Reference = z.string().trim().min(1, 'Say which one.').max(2048)
const Flag = z.stringbool({ truthy: ['true', 'yes', '1', ''], falsy: ['false', 'no', '0'] })

export const ChokePointsQuestion = z.strictObject({
  from: Reference.optional().describe(
    'From where: an identity, a workload, a credential, token:<issuer>|<subject>, or vendor:<name>. Left out: from every identity that a machine uses or may use.',
  ),
  to: Reference.describe('To whom: an identity, or administrator:<scope> for everything in a scope.'),
  hops: z.coerce.number().int().min(1).max(HOPS_MAX).default(6).describe('How long a way may be.'),
  certain: Flag.default(false).describe('Leaves out steps that depend on something.'),
  days: z.coerce
    .number()
    .int()
    .min(1)
    .max(400)
    .default(90)
    .describe('How many days back something counts as used.'),
})
export type ChokePointsQuestion = z.infer<typeof ChokePointsQuestion>
