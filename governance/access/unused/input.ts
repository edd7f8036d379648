// What can be asked about rights that are not used: one schema for API and command line.
import { z } from 'zod'

const Reference = z.string().trim().min(1, 'Say which one.').max(2048)
const Flag = z.stringbool({ truthy: ['true', 'yes', '1', ''], falsy: ['false', 'no', '0'] })

export const UnusedQuestion = z.strictObject({
  identity: Reference.describe('Whose rights: an id, an ARN, an email or a name.'),
  scope: Reference.optional().describe('Which scope the identity is in, where the name alone does not tell.'),
  days: z.coerce
    .number()
    .int()
    .min(1)
    .max(400)
    .default(90)
    .describe('How many days back lines of logs count.'),
  propose: Flag.default(false).describe('Asks for least privilege in the form of the platform as well.'),
})
export type UnusedQuestion = z.infer<typeof UnusedQuestion>
