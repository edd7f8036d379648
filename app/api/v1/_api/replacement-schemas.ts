// Shapes of what could take the place of a credential.
import { z } from 'zod'
import { Instant } from '@/core/fact'
import { Completeness, Id } from './schemas'

const Words = z.array(z.string())
const File = z.object({ name: z.string(), language: z.enum(['yaml', 'json', 'hcl']), text: z.string() })
const Way = z.object({
  id: z.string(),
  title: z.string(),
  fits: z.string().meta({ description: 'When it is the one to take.' }),
  files: z
    .array(File)
    .meta({ description: 'None where it is told in words alone. Nothing of it is run here.' }),
  steps: Words.meta({ description: 'In their order, the last of which ends the credential.' }),
  notes: Words.meta({ description: 'What to know before, and what was not looked at.' }),
  fillIn: z
    .array(z.object({ mark: z.string(), means: z.string() }))
    .meta({ description: 'Marks in the files in place of what is not known, with what has to stand there.' }),
})

export const ReplacementAnswer = z.object({
  credential: z.object({
    id: Id,
    name: z.string(),
    type: z.string(),
    scope: z.object({ id: Id, name: z.string() }),
  }),
  identity: z
    .object({ id: Id, name: z.string() })
    .optional()
    .meta({ description: 'Who holds it. Left out where nobody is known to.' }),
  alternative: z.string().optional().meta({ description: 'What its platform offers instead, in words.' }),
  consumers: z
    .array(z.object({ type: z.string(), name: z.string(), namespace: z.string().optional() }))
    .meta({ description: 'What is known to run as its holder, or to name it: others may use it as well.' }),
  ways: z.array(Way),
  why: z.string().optional().meta({ description: 'Why there is no way.' }),
  notes: Words,
  completeness: Completeness,
  at: Instant,
})
