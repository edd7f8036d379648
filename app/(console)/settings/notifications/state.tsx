// States of channels and notices as words with a shape.
import type { ChannelView } from '@/governance/channels/list-channels'
import type { NoticeState, NoticeView } from '@/governance/notices/list-notices'
import { StateWord, type Tone } from '@/app/_ui/state-word'

export const NOTICE_WORDS: Record<NoticeState, { tone: Tone; title: string }> = {
  waiting: { tone: 'waiting', title: 'Waiting' },
  sent: { tone: 'ok', title: 'Sent' },
  dead: { tone: 'danger', title: 'Given up' },
  withdrawn: { tone: 'off', title: 'Withdrawn' },
}

export function NoticeWord({ row }: { row: NoticeView }) {
  if (row.sending) return <StateWord tone="busy">Being sent</StateWord>
  const { tone, title } = NOTICE_WORDS[row.state]
  return <StateWord tone={tone}>{title}</StateWord>
}

/** Whether the last attempt failed. */
export const isFailing = ({ lastFailureAt, lastSuccessAt }: ChannelView): boolean =>
  lastFailureAt !== undefined && (lastSuccessAt === undefined || lastFailureAt > lastSuccessAt)

export function ChannelWord({ channel }: { channel: ChannelView }) {
  if (!channel.enabled) return <StateWord tone="paused">Off</StateWord>
  if (isFailing(channel)) return <StateWord tone="danger">Failing</StateWord>
  if (channel.lastSuccessAt) return <StateWord tone="ok">On</StateWord>
  return <StateWord tone="unknown">On, nothing sent yet</StateWord>
}
