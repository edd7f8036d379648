// Notices about reviews that something has started: more has happened than people can be asked about in a day.
import { z } from 'zod'
import { noticeKind } from './content'
import { some } from './review-kinds'

export const cardsWait = noticeKind({
  title: 'More has happened than is asked about in a day',
  urgent: false,
  grouped: false,
  data: z.strictObject({ waiting: z.int(), perDay: z.int(), byCause: z.array(z.string()) }),
  content: ({ waiting, perDay, byCause }) => ({
    subject: `${some(waiting, 'change waits', 'changes wait')} to be asked about`,
    lead: `More has happened than the ${some(perDay, 'card')} that are opened in a day. The rest waits, in the order in which it happened, and none of it is dropped. A campaign over what they have in common may be quicker.`,
    facts: byCause.map((words, index) => [`Cause ${index + 1}`, words] as const),
    link: { title: 'Look at the campaigns', path: '/campaigns' },
    why: 'because you manage what is asked about when something happens',
  }),
})
