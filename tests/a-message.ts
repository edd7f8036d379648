// A message and a moment for tests of senders.
import type { Message, SendAt } from '@/core/sender'

export const aMessage = (more: Partial<Message> = {}): Message => ({
  id: 'c0ffee00-0000-4000-8000-000000000001',
  kind: 'channel.test',
  at: '2026-03-04T05:06:07.000Z',
  subject: 'A test',
  text: 'First line.\n\nSecond & last <b>line</b>.',
  html: '<p>First line.</p>',
  link: { title: 'Open it', href: 'https://rollcall.example/settings/notifications' },
  data: { channel: 'One' },
  ...more,
})

export const sendAt = (more: Partial<SendAt> = {}): SendAt => ({
  signal: new AbortController().signal,
  now: new Date('2026-03-04T05:06:07.000Z'),
  baseUrl: 'https://rollcall.example',
  attempt: 1,
  ...more,
})
