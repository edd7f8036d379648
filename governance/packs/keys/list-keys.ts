// The public keys of this installation: those that have signed packs, and the one that signs now.
import { createPublicKey } from 'node:crypto'
import { RollcallError } from '@/core/errors'
import type { Instant } from '@/core/fact'
import type { Actor } from '@/core/permissions'
import { db } from '@/prisma/client'
import { authorise } from '../../authorise'
import { broughtSigner } from './key-file'

export type PublicKey = {
  /** 32 bytes in hex. */
  key: string
  /** The same as a PEM file has it (SPKI), for other programs. */
  pem: string
  since: Instant
  /** When another one took its place. */
  until?: Instant
  madeBy: string
  /** Whether the customer has brought it: its private half is not here. */
  brought: boolean
}

/** How an Ed25519 public key begins as SPKI: what it is, before its 32 bytes. */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')

export const pemOf = (key: string): string =>
  createPublicKey({ key: Buffer.concat([SPKI, Buffer.from(key, 'hex')]), format: 'der', type: 'spki' })
    .export({ format: 'pem', type: 'spki' })
    .toString()

/** The one that signs now first, then the newest. */
export async function signingKeys(actor: Actor | null): Promise<PublicKey[]> {
  authorise(actor, 'evidence:read')
  const rows = await db.signingKey.findMany({
    select: { publicKey: true, since: true, until: true, madeBy: true, brought: true },
    orderBy: [{ until: { sort: 'desc', nulls: 'first' } }, { since: 'desc' }, { publicKey: 'asc' }],
  })
  return rows.map(({ publicKey, since, until, madeBy, brought }) => ({
    key: publicKey,
    pem: pemOf(publicKey),
    since: since.toISOString(),
    ...(until && { until: until.toISOString() }),
    madeBy,
    brought,
  }))
}

/** Why nothing can be signed with the key that was brought, as far as this process sees it; undefined where nothing is in the way. */
export async function keyTrouble(actor: Actor | null): Promise<string | undefined> {
  authorise(actor, 'evidence:read')
  try {
    await broughtSigner()
    return undefined
  } catch (error) {
    if (error instanceof RollcallError) return error.message
    throw error
  }
}
