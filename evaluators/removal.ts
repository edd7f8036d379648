// The contract of whoever writes down how an identity is turned off and deleted, or some of its rights are taken away: commands
// of its platform in an order in which each can be taken back until the last. They are for people: nothing of it is run here.
import type { FillIn } from './fill-in'

export type HeldGrant = {
  /** Native id at its source, as are all ids here. */
  id: string
  name: string
  entitlement: string
  via: string
  viaName?: string
  /** The part of the scope in which alone it holds. */
  place?: string
  effect: string
  /** What it gives, where that was read; in the shape of its platform. */
  document?: unknown
}
export type Removable = {
  identity: {
    id: string
    type: string
    name: string
    aliases: readonly string[]
    /** What others know it by, such as the application id of its tokens. */
    keys: readonly { type: string; value: string }[]
  }
  scope: { id: string; type: string; name: string }
  /** Statements of who comes to be it, by their native ids. */
  trust: readonly string[]
  credentials: readonly { id: string; type: string; name: string }[]
  /** Everything that it was seen to hold. */
  grants: readonly HeldGrant[]
  /** Of a reduction: which of it is taken away. */
  drops: readonly HeldGrant[]
}

/** One command, and what it does in words. */
export type Act = { does: string; run: string }
export type DraftPlan = {
  /** Turns it off, or takes the rights away: what can be taken back. */
  off: readonly Act[]
  /** Takes that back. */
  back: readonly Act[]
  /** Deletes it for good; empty for a reduction. */
  end: readonly Act[]
  /** Where it is kept as code. */
  terraform: readonly string[]
  /** What to know before, and what no command is written for. */
  notes: readonly string[]
}
export type Plan = DraftPlan & { fillIn: readonly FillIn[] }

export type Remover = {
  /** Types of identities that it knows how to remove. */
  types: readonly string[]
  remove(known: Removable): DraftPlan
  reduce(known: Removable): DraftPlan
}

/** Where it is kept as code, code has to change first: an apply would make it again. */
export const inTerraform = (...resources: readonly string[]): string[] => [
  `Where Terraform or OpenTofu keeps it, take ${resources.join(', ')} out of the configuration and apply that instead: the next apply would make it again otherwise.`,
  'To have it forgotten there without being deleted, write a removed block with destroy = false for it first.',
]

/** Rights that no command is written for, in words; nothing where there are none. */
export const leftOut = (grants: readonly HeldGrant[], why: string): string[] =>
  grants.length
    ? [
        `No command is written for ${grants
          .slice(0, 5)
          .map(({ name }) => name)
          .join(', ')}${grants.length > 5 ? ` and ${grants.length - 5} more` : ''}: ${why}`,
      ]
    : []
