// Which packs somebody may see: who is limited to some scopes sees those that they were handed with an audit.
import { may, type Actor, type Permission } from '@/core/permissions'
import type { Prisma } from '@/prisma/generated/client'

export const packsOf = ({ within, id }: Actor): Prisma.PackWhereInput =>
  within === undefined ? {} : { audits: { some: { audit: { auditors: { some: { userId: id } } } } } }

/**
 * Whether the actor may read what a file of a pack that they see needs. A pack that was handed over is all of it: whoever did
 * has decided so, and its auditor could not open it otherwise.
 */
export const mayOpen = ({ role, only }: Actor, needed: string): boolean =>
  may({ role, ...(only && { only }) }, needed as Permission)
