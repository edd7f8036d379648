// A signature beside a pack: whoever has received it signs what they have received, without changing a byte of it. A small file
// of its own, so that there can be as many as there are people who sign.
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import { z } from 'zod'
import { isSignedBy, type Signer } from './seal'

export const COUNTERSIGNATURE = 'rollcall-countersignature/1'
/** Far more than one has. */
export const COUNTERSIGNATURE_MAX = 1_000_000
export const STATEMENT_MAX = 1000

const hex = (digits: number) => z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`))

/** What whoever signs says: one line, as it is shown. */
export const Statement = z
  .string()
  .min(1)
  .max(STATEMENT_MAX)
  // Nor what turns the direction of letters: it would be read otherwise than it was signed.
  .refine(
    (text) => !/[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(text),
    'must be one line, without control characters',
  )

export const Countersignature = z.strictObject({
  schema: z.literal(COUNTERSIGNATURE),
  /** SHA-256 of the whole pack with its seal, in hex. */
  sha256: hex(64),
  /** The public key, in hex. */
  key: hex(64),
  /** When it was signed, by the clock of whoever signed. */
  at: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  statement: Statement,
  /** Ed25519, in hex. */
  signature: hex(128),
})
export type Countersignature = z.infer<typeof Countersignature>

/** All that is said is signed; the statement comes last, so that nothing of it can be taken for something else. */
const messageOf = ({ sha256, key, at, statement }: Omit<Countersignature, 'schema' | 'signature'>) =>
  new TextEncoder().encode(`${COUNTERSIGNATURE} ${sha256} ${key} ${at} ${statement}`)

type Signing = { sha256: string; at: Date; statement: string; signer: Signer }
export async function countersign({ sha256, at, statement, signer }: Signing): Promise<Countersignature> {
  const said = { sha256, key: signer.publicKey, at: at.toISOString(), statement: Statement.parse(statement) }
  const signature = bytesToHex(await signer.sign(messageOf(said)))
  return { schema: COUNTERSIGNATURE, ...said, signature }
}

export const isCountersigned = (one: Countersignature): Promise<boolean> =>
  isSignedBy(one.key, hexToBytes(one.signature), messageOf(one))
