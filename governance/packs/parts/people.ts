// Replaces the names of people where a pack is asked for without them: one word a person, the same within the pack.
import { createHmac } from 'node:crypto'
import { env } from '@/env'
import { contentHash } from '@/inventory/content-hash'
import type { PackAt } from '../part'

export type Named = (name: string) => string
const LETTERS = 12

/**
 * Whoever has the pack alone cannot find out by trying names: the word is made with a key that stays here. It is made from the
 * question as well, so that the words of two packs cannot be laid side by side.
 */
export function peopleOf({ asked }: Pick<PackAt, 'asked'>): Named | undefined {
  if (!asked.redact.includes('people')) return undefined
  const question = contentHash(asked)
  const word = (name: string) =>
    createHmac('sha256', env.encryptionKey)
      .update(`people of a pack\n${question}\n${name.trim().toLowerCase()}`)
      .digest('hex')
      .slice(0, LETTERS)
  return (name) => (name === '' ? '' : `person-${word(name)}`)
}

/** What stands where a text that people wrote may name somebody. */
export const REMOVED = '(left out: may name people)'
