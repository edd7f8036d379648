// The key that packs are signed with: Ed25519, made here, its private half sealed in the database and never given to anybody.
import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import type { Actor } from '@/core/permissions'
import type { Signer } from '@/evidence/pack/seal'
import { db, type Tx } from '@/prisma/client'
import { recordActivity } from '../../activity/record-activity'
import { openSettings, sealSettings } from '../../crypto/seal-settings'

const HOLDER = 'signing key'
const INSTALLATION: Actor = {
  kind: 'system',
  id: 'installation',
  name: 'Rollcall',
  role: 'administrator',
}

/** Two that make a key at once would make two. */
export const holdKeys = async (tx: Tx): Promise<void> => {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(7306, 10)::text`
}

/** @returns the public half, in hex */
export async function makeKey(tx: Tx, by: Actor, now: Date): Promise<string> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const { x = '' } = publicKey.export({ format: 'jwk' })
  const hex = Buffer.from(x, 'base64url').toString('hex')
  const secret = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')
  const sealed = sealSettings(hex, { secret }, HOLDER)
  await tx.signingKey.create({ data: { publicKey: hex, sealed, since: now, madeBy: by.name } })
  return hex
}

/** Makes the first key of an installation, where it has none. */
export async function ensureKey(now = new Date()): Promise<void> {
  if (await db.signingKey.count({ where: { until: null } })) return
  await db.$transaction(async (tx) => {
    await holdKeys(tx)
    if (await tx.signingKey.count({ where: { until: null } })) return
    const key = await makeKey(tx, INSTALLATION, now)
    await recordActivity(
      tx,
      INSTALLATION,
      { action: 'signing-key.make', object: `signing-key:${key}`, detail: {} },
      now,
    )
  })
}

/** Signs with a key that is chosen only when something is to be signed: it may have been rotated since the work began. */
export class LatestSigner implements Signer {
  publicKey = ''
  private sealed = new Uint8Array()

  /** Chooses the key that signs now. @returns when that was: what is signed with it is signed then */
  async choose(): Promise<Date> {
    await ensureKey()
    const { publicKey, sealed } = await db.signingKey.findFirstOrThrow({ where: { until: null } })
    this.publicKey = publicKey
    this.sealed = sealed
    return new Date()
  }

  // Handed on without what it belongs to.
  sign = (message: Uint8Array): Promise<Uint8Array> => {
    const { secret } = openSettings(this.publicKey, this.sealed, HOLDER) as { secret: string }
    const key = createPrivateKey({ key: Buffer.from(secret, 'base64'), format: 'der', type: 'pkcs8' })
    return Promise.resolve(new Uint8Array(sign(null, message, key)))
  }
}
