// What a notice says, before it is written out as text, as HTML or as an issue: plain values and nothing that is obeyed.
import type { z } from 'zod'
import type { Instant } from '@/core/fact'

export type Content = {
  /** What it is about, in one line. */
  subject: string
  lead: string
  facts: readonly (readonly [name: string, value: string])[]
  /** An instant by which something is to be done, or at which it happens: told in the reader's zone and in UTC. */
  due?: { name: string; at: Instant }
  /** A path of this installation. */
  link: { title: string; path: string }
  /** Why one gets it: "because you …". */
  why: string
}

export type NoticeKind<S extends z.ZodType = z.ZodType> = {
  /** As an administrator chooses it by. */
  title: string
  /** Waits for no quiet hours. */
  urgent: boolean
  /** May go with others of the person in one mail a day. */
  grouped: boolean
  /** For one person alone, so that no channel that many read can take it. */
  personal?: true
  /** Asks for a decision: nobody can turn it off for themselves. */
  mandatory?: true
  /** Leads to what the person is asked in the campaign of its data: who has no account gets a link that opens it once. */
  opensReview?: true
  data: S
  content: (data: z.output<S>) => Content
}
/** Any kind, as the registry holds it. */
export const noticeKind = <S extends z.ZodType>(kind: NoticeKind<S>): NoticeKind<S> => kind
