// What sends notices: what a kind of channel says about itself, what it is given, and how an attempt can end.
import type { z } from 'zod'
import type { Instant } from './fact'

export type SenderManifest = {
  id: string
  title: string
  summary: string
  /** Whom it reaches: people by their address, each their own; or a place that many read. */
  reaches: 'people' | 'place'
  /** Whether such a place can be one person’s own, as a direct message is: what only they may see can go there. */
  canBePersonal?: true
  /** Settings of one channel. `.meta({ title, description, placeholder, secret })` describes each field. */
  settings: z.ZodType
}

/** One notice, or several of one person in one, ready to be sent. */
export type Message = {
  /** The same in every attempt: a receiver tells a repetition by it. */
  id: string
  /** What it is about, such as `exception.asked`; `digest` for several in one. */
  kind: string
  at: Instant
  /** Address of a person. Left out for a place. */
  to?: string
  subject: string
  text: string
  html: string
  /** Where it can be looked at. */
  link: { title: string; href: string }
  /** What it says, as plain values, for programs. */
  data: Readonly<Record<string, unknown>>
}

export type SendAt = {
  signal: AbortSignal
  now: Date
  /** The address of this installation, as people use it. */
  baseUrl: string
  /** 1 the first time. */
  attempt: number
}

/** How an attempt ended. The words name no secret and quote no answer. */
export type Outcome =
  | { state: 'accepted'; words: string }
  /** Not taken, and never will be: trying again changes nothing. */
  | { state: 'refused'; words: string }
  /** Not taken this time. */
  | { state: 'failed'; words: string; retryAfterSeconds?: number }

/** @param settings as the schema of its manifest reads them */
export type Send<S = unknown> = (settings: S, message: Message, at: SendAt) => Promise<Outcome>
