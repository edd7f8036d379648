// The manifest of a pack of evidence: what was asked, what was looked at, and every file with its size and hash.
import { z } from 'zod'

export const MANIFEST = 'manifest.json'
/** Ed25519 over the bytes of the manifest: 64 bytes, as `openssl pkeyutl -verify -rawin` takes them. */
export const MANIFEST_SIGNATURE = 'manifest.sig'
export const SCHEMA = 'rollcall-pack/1'

/** Of one folder at most, in lower case: nothing that a file system would take for a place elsewhere. */
export const FILE_NAME = /^(?!.*\.\.)(?:[a-z0-9][a-z0-9._-]{0,80}\/)?[a-z0-9][a-z0-9._-]{0,80}$/
export const FILES_MAX = 1000

const Hex = (letters: number) => z.string().regex(new RegExp(`^[0-9a-f]{${letters}}$`))
export const FileEntry = z.strictObject({
  name: z.string().regex(FILE_NAME),
  /** Lines of data, without the head of a table; left out for what is no list. */
  rows: z.int().nonnegative().optional(),
  bytes: z.int().nonnegative(),
  sha256: Hex(64),
})
export type FileEntry = z.infer<typeof FileEntry>

export const Manifest = z.strictObject({
  schema: z.literal(SCHEMA),
  product: z.strictObject({ name: z.string(), version: z.string() }),
  title: z.string().max(300),
  /** The whole question: control or framework, filter, instants, contents, redaction. Asked again it gives the same files. */
  asked: z.record(z.string(), z.json()),
  /** Who had it built. */
  by: z.strictObject({ kind: z.string(), id: z.string(), name: z.string() }),
  /** Whether everything was seen that was asked about; otherwise what was not, in words. */
  complete: z.boolean(),
  gaps: z.array(z.string()),
  /** The end of the activity log when it was built, as `<place>:<hash>`. */
  activityHead: z.string().optional(),
  /** What was done to values so that they are safe to open, and other words about the files. */
  notes: z.array(z.string()),
  /** The public key it is signed with: 32 bytes in hex. */
  key: Hex(64),
  files: z.array(FileEntry).max(FILES_MAX),
})
export type Manifest = z.infer<typeof Manifest>

/** The manifest as bytes: the same content is the same bytes. */
export const manifestBytes = (manifest: Manifest): Uint8Array =>
  new TextEncoder().encode(`${JSON.stringify(Manifest.parse(manifest), undefined, 2)}\n`)

/** What is known of a manifest before its schema is: a newer one says so itself. */
export const AnyManifest = z.looseObject({ schema: z.string() })
