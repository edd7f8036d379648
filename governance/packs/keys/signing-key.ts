// The key that packs are signed with: Ed25519, made here, its private half sealed in the database and never given to anybody;
// or one that the customer has brought, whose private half stays in their file.
import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import type { Signer } from '@/evidence/pack/seal'
import { db, type Tx } from '@/prisma/client'
import { recordActivity } from '../../activity/record-activity'
import { openSettings, sealSettings } from '../../crypto/seal-settings'
import { broughtSigner } from './key-file'

const HOLDER = 'signing key'
const INSTALLATION: Actor = {
  kind: 'system',
  id: 'installation',
  name: 'Rollcall',
  role: 'administrator',
}

const BROUGHT_BY = 'you, in PACK_KEY_FILE'
const NOT_HERE =
  'Packs are signed with a key that was brought, and PACK_KEY_FILE does not name it for this worker. Set it for every worker, or have another key made (Evidence, Keys) to go back to one of the installation.'

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

/** Makes the first key of an installation, where it has none; or takes the one that the customer has brought. */
export async function ensureKey(now = new Date()): Promise<void> {
  const brought = await broughtSigner()
  if (brought) return bring(brought.publicKey, now)
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

/** Publishes the public half of a key that the customer has brought, which signs from now on. */
async function bring(publicKey: string, now: Date): Promise<void> {
  if (await db.signingKey.count({ where: { publicKey, until: null } })) return
  await db.$transaction(async (tx) => {
    await holdKeys(tx)
    const before = await tx.signingKey.findFirst({ where: { until: null } })
    if (before?.publicKey === publicKey) return
    if (before) await tx.signingKey.update({ where: { publicKey: before.publicKey }, data: { until: now } })
    await tx.signingKey.upsert({
      where: { publicKey },
      create: { publicKey, brought: true, since: now, madeBy: BROUGHT_BY },
      // One that signed before, and does again.
      update: { until: null },
    })
    const detail = { key: publicKey, before: before?.publicKey ?? null }
    const act = { action: 'signing-key.bring', object: `signing-key:${publicKey}`, detail }
    await recordActivity(tx, INSTALLATION, act, now)
  })
}

/** Signs with a key that is chosen only when something is to be signed: it may have been rotated since the work began. */
export class LatestSigner implements Signer {
  publicKey = ''
  private signing: Signer['sign'] = () => Promise.reject(new Error('no key is chosen'))

  /**
   * Chooses the key that signs now.
   * @returns when that was: what is signed with it is signed then
   * @throws RollcallError `conflict` where the key that has to sign cannot be used: no other one takes its place by itself
   */
  async choose(): Promise<Date> {
    await ensureKey()
    const brought = await broughtSigner()
    const { publicKey, sealed } = await db.signingKey.findFirstOrThrow({ where: { until: null } })
    if (sealed === null && brought?.publicKey !== publicKey) throw new RollcallError('conflict', NOT_HERE)
    this.publicKey = publicKey
    this.signing =
      sealed === null && brought ? brought.sign : (message) => signSealed(publicKey, sealed, message)
    return new Date()
  }

  // Handed on without what it belongs to.
  sign = (message: Uint8Array): Promise<Uint8Array> => this.signing(message)
}

async function signSealed(
  publicKey: string,
  sealed: Uint8Array | null,
  message: Uint8Array,
): Promise<Uint8Array> {
  const { secret } = openSettings(publicKey, sealed ?? new Uint8Array(), HOLDER) as { secret: string }
  const key = createPrivateKey({ key: Buffer.from(secret, 'base64'), format: 'der', type: 'pkcs8' })
  return new Uint8Array(sign(null, message, key))
}
