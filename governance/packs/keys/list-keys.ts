// The public keys of this installation: those that have signed packs, and the one that signs now.
import { createPublicKey } from 'node:crypto'
import type { Instant } from '@/core/fact'
import type { Actor } from '@/core/permissions'
import { db } from '@/prisma/client'
import { authorise } from '../../authorise'

export type PublicKey = {
  /** 32 bytes in hex. */
  key: string
  /** The same as a PEM file has it (SPKI), for other programs. */
  pem: string
  since: Instant
  /** When another one took its place. */
  until?: Instant
  madeBy: string
}

/** How an Ed25519 public key begins as SPKI: what it is, before its 32 bytes. */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')

export const pemOf = (key: string): string =>
  createPublicKey({ key: Buffer.concat([SPKI, Buffer.from(key, 'hex')]), format: 'der', type: 'spki' })
    .export({ format: 'pem', type: 'spki' })
    .toString()

/** The newest first. */
export async function signingKeys(actor: Actor | null): Promise<PublicKey[]> {
  authorise(actor, 'evidence:read')
  const rows = await db.signingKey.findMany({
    select: { publicKey: true, since: true, until: true, madeBy: true },
    orderBy: [{ since: 'desc' }, { publicKey: 'asc' }],
  })
  return rows.map(({ publicKey, since, until, madeBy }) => ({
    key: publicKey,
    pem: pemOf(publicKey),
    since: since.toISOString(),
    ...(until && { until: until.toISOString() }),
    madeBy,
  }))
}
