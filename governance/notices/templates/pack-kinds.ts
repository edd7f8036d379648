// Notices about packs of evidence: built, or not.
import { z } from 'zod'
import { Instant } from '@/core/fact'
import { noticeKind } from './content'

const common = { id: z.guid(), title: z.string() }
const at = (id: string) => ({ title: 'Look at the pack', path: `/evidence/${id}` })
const why = 'because you asked for the pack'

export const packSealed = noticeKind({
  title: 'A pack of evidence is ready',
  urgent: false,
  grouped: false,
  data: z.strictObject({ ...common, sha256: z.string(), complete: z.boolean(), until: Instant }),
  content: ({ id, title, sha256, complete, until }) => ({
    subject: `Ready: ${title}`,
    lead: `The pack of evidence you asked for is built and sealed.${complete ? '' : ' It is not complete: it says what was not seen.'}`,
    facts: [
      ['Pack', title],
      ['SHA-256', sha256],
    ],
    due: { name: 'It can be downloaded until', at: until },
    link: at(id),
    why,
  }),
})

export const packFailed = noticeKind({
  title: 'A pack of evidence could not be built',
  urgent: false,
  grouped: false,
  data: z.strictObject({ ...common, why: z.string() }),
  content: ({ id, title, why: reason }) => ({
    subject: `Not built: ${title}`,
    lead: 'The pack of evidence you asked for could not be built. Nothing of it can be downloaded.',
    facts: [
      ['Pack', title],
      ['Why', reason],
    ],
    link: at(id),
    why,
  }),
})
