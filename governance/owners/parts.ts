// The parts of ownership: who is accountable, which team, who in their place, and whom to ask about how it works.
import { z } from 'zod'
import type { Ownership } from '@/prisma/generated/client'

export const PARTS = ['person', 'team', 'backup', 'contact'] as const
export type Part = (typeof PARTS)[number]
export const PART_TITLES: Record<Part, string> = {
  person: 'Accountable person',
  team: 'Team',
  backup: 'Backup person',
  contact: 'Technical contact',
}
export const COLUMN = {
  person: 'personId',
  team: 'teamId',
  backup: 'backupId',
  contact: 'contactId',
} as const satisfies Record<Part, keyof Ownership>

/** How one part is known. */
export type KnownPart = {
  /** Who confirmed it: a name, and in whose place where they stood in for somebody. */
  by: string
  at: string
  how: 'assigned' | 'confirmed' | 'transferred' | 'imported'
  /** What it was confirmed from, in words. */
  evidence?: string
}
export type Known = Partial<Record<Part, KnownPart>>

const WORD_MAX = 300
/** The id or address of a person, the id or name of a team; null is nobody. */
const Who = z.string().trim().min(1, 'Say who').max(WORD_MAX).nullable().optional()
export const Parts = z
  .strictObject({ person: Who, team: Who, backup: Who, contact: Who })
  .refine((set) => Object.values(set).some((value) => value !== undefined), 'Say who answers.')
export type Parts = z.infer<typeof Parts>

const TEXT_MAX = 2000
export const Why = z
  .string('Say why')
  .trim()
  .min(3, 'Say why, in a few words')
  .max(TEXT_MAX, `must be at most ${TEXT_MAX} letters`)

/** Identities that one act may be about. */
export const IDENTITIES_MAX = 10_000
const PICKED_MAX = 1000
export const Picked = z
  .array(z.guid('is not the id of an identity'))
  .min(1, 'Choose at least one')
  .max(PICKED_MAX, `must be at most ${PICKED_MAX}`)
/** The act that somebody saw last: where another one came after it, nothing is changed. Null: there was none. */
export const Seen = z.guid().nullable().optional()
