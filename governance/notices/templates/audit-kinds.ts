// Notices about audits: asked, ready, answered.
import { z } from 'zod'
import { Instant } from '@/core/fact'
import { noticeKind } from './content'

const common = { id: z.guid(), audit: z.string(), item: z.guid(), title: z.string(), by: z.string() }
const at = ({ id, item }: { id: string; item: string }) => ({
  title: 'Look at the item',
  path: `/audits/${id}/items/${item}`,
})

export const auditAsked = noticeKind({
  title: 'An auditor asks for something',
  urgent: false,
  grouped: false,
  data: z.strictObject({ ...common, due: Instant.nullable() }),
  content: ({ audit, title, by, due, ...ids }) => ({
    subject: `${by} asks: ${title}`,
    lead: `${by} asks for something in the audit ${audit}. Answer it there, and say when it is ready.`,
    facts: [
      ['Audit', audit],
      ['Request', title],
    ],
    ...(due !== null && { due: { name: 'An answer is wanted by', at: due } }),
    link: at(ids),
    why: 'because you made the audit',
  }),
})

export const auditReady = noticeKind({
  title: 'An item of an audit is ready',
  urgent: false,
  grouped: true,
  data: z.strictObject(common),
  content: ({ audit, title, by, ...ids }) => ({
    subject: `Ready: ${title}`,
    lead: `${by} says that an item of the audit ${audit} is ready for you to look at.`,
    facts: [
      ['Audit', audit],
      ['Item', title],
    ],
    link: at(ids),
    why: 'because you audit it',
  }),
})

export const auditAnswered = noticeKind({
  title: 'An item of an audit was answered',
  urgent: false,
  grouped: true,
  data: z.strictObject(common),
  content: ({ audit, title, by, ...ids }) => ({
    subject: `Answered: ${title}`,
    lead: `${by} has answered in the audit ${audit}.`,
    facts: [
      ['Audit', audit],
      ['Item', title],
    ],
    link: at(ids),
    why: 'because you audit it',
  }),
})
