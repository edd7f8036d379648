// What a place is that packs are delivered to, and how an attempt can end.
import type { z } from 'zod'
import type { Put } from '../folder-store'

/** A pack as it is taken somewhere. */
export type Parcel = {
  /** Its name there: letters, digits, hyphens and dots. */
  name: string
  /** Of all of it, in hex. */
  sha256: string
  bytes: number
  /** From the first byte, each time. */
  stream: () => AsyncIterable<Uint8Array>
}
export type PutAt = {
  signal: AbortSignal
  /** How long nothing may happen, in milliseconds, before it is given up this time. */
  idleMs?: number
}
export type Place<S = unknown> = {
  id: 'folder' | 'store'
  title: string
  summary: string
  settings: z.ZodType<S>
  /** Where that is, without anything secret. */
  words: (settings: S) => string
  /**
   * Takes it there. What is there afterwards has been read back and has the hash; nothing is ever there by half.
   * @throws NotDelivered
   */
  put: (settings: S, parcel: Parcel, at: PutAt) => Promise<Put>
  /** Whether something could be taken there now. @returns in words what was done @throws NotDelivered */
  attempt: (settings: S, at: PutAt) => Promise<string>
}

/** Why it was not taken there, in words that name no secret and quote no answer. */
export class NotDelivered extends Error {
  override readonly name = 'NotDelivered'
}
