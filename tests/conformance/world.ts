// What a connector hands to the conformance suite: its recorded estate, and how that estate can change.
import type { Instant } from '@/core/fact'
import type { Transport } from '@/core/upstream'
import type { Question } from './replay'

export const LAW_NAMES = [
  'golden',
  'shape',
  'exhaustion',
  'order',
  'idempotence',
  'fault-matrix',
  'memory',
  'deletion',
  'least-privilege',
  'cancel',
  'empty',
  'paper',
  'joins',
] as const
export type LawName = (typeof LAW_NAMES)[number]

export const FAULTS = ['denied', 'throttled', 'timed-out', 'unreachable', 'malformed', 'truncated'] as const
export type Fault = (typeof FAULTS)[number]

export type World = {
  /** A fresh replay of the recorded estate. */
  transport: () => Transport
  /** Path of the observations it must give. `UPDATE_GOLDEN=1` writes them anew, for a person to review. */
  golden: string
  /** The connector's folder: `import.meta.dirname`. */
  folder: string
  /** Every recorded question, so that one left unasked is noticed. */
  recorded?: () => readonly Question[]
  /** The same source with nothing in it. */
  empty?: () => Transport
  /** The same estate after one identity has really gone. `dropping` makes it from the recorded one. */
  remove?: { identity: string; from: () => Transport }
  /** The instant the first look begins. */
  now?: Instant
  /** The instant the second look begins: a day and a half later, unless what is told moves along with each day. */
  later?: Instant
  /** Names of answer fields whose list has a meaning in its order, so that it is not shuffled. */
  ordered?: readonly string[]
  /** Identities that the recorded estate itself speaks of without holding them. */
  dangling?: readonly string[]
  /** Law, or fault of the fault matrix, that cannot hold here → why, as a sentence a reader can judge. */
  skip?: Partial<Record<LawName | `fault-matrix/${Fault}`, string>>
}

/** The same source where every list element that matches is gone, at any depth. */
export function dropping(
  transport: Transport,
  gone: (element: Record<string, unknown>) => boolean,
): Transport {
  const without = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.filter((v) => !(isRecord(v) && gone(v))).map(without)
    if (!isRecord(value)) return value
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, without(v)]))
  }
  return {
    send: async (permission, params, signal) => without(await transport.send(permission, params, signal)),
    explain: (error) => transport.explain(error),
  }
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
