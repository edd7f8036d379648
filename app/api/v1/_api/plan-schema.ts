// The shape of how a removal or reduction can be done.
import { z } from 'zod'
import { Id } from './schemas'

const Words = z.array(z.string())
const Acts = z.array(z.object({ does: z.string(), run: z.string() }))
const File = z.object({ name: z.string(), language: z.enum(['yaml', 'json', 'hcl']), text: z.string() })

export const PlanSchema = z.object({
  id: Id,
  item: Id,
  campaign: z.object({ id: Id, name: z.string() }),
  identity: z.object({ id: Id, name: z.string() }),
  kind: z.enum(['remove', 'reduce']),
  steps: Words,
  plan: z
    .object({
      off: Acts.meta({ description: 'Turns it off, or takes the rights away: what can be taken back.' }),
      back: Acts.meta({ description: 'Takes that back.' }),
      end: Acts.meta({ description: 'Deletes it for good.' }),
      terraform: Words,
      notes: Words,
      fillIn: z
        .array(z.object({ mark: z.string(), means: z.string() }))
        .meta({ description: 'Marks in the commands in place of what is not known.' }),
    })
    .optional()
    .meta({ description: 'Left out where no commands are known. Nothing of it is run here.' }),
  notes: Words,
  smaller: z
    .object({ made: z.boolean(), why: z.string(), files: z.array(File), notes: Words, asked: z.int() })
    .optional()
    .meta({ description: 'Of a reduction: a policy that allows what was seen in use.' }),
})
