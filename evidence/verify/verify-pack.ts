// Checks a pack without trusting whoever built it: every byte, every file, every signature. Needs no database and no network,
// and runs in a browser as it does here.
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import {
  BlobReader,
  configure,
  ZipReader,
  type FileEntry as ZipEntry,
} from '@zip.js/zip.js/lib/zip-core-native.js'
import {
  AnyManifest,
  FILE_NAME,
  FILES_MAX,
  Manifest,
  MANIFEST,
  MANIFEST_SIGNATURE,
  SCHEMA,
  type FileEntry,
} from '../pack/manifest'
import { isSealedBy, isSignedBy, readSeal, SEAL_BYTES, type Seal } from '../pack/seal'

// The build that inflates with what the browser has: no WebAssembly and no worker, which a strict policy would refuse.
configure({ useWebWorkers: false })

/**
 * not-a-pack: it cannot be read as one; seal: bytes are others than those that were sealed, or the seal is; manifest: it does not
 * fit its signature; changed, missing, added: a file; key: it is signed by another key than was expected.
 */
export type PackProblem = {
  kind: 'not-a-pack' | 'newer' | 'seal' | 'manifest' | 'changed' | 'missing' | 'added' | 'key'
  name?: string
  words: string
}
export type Checked = {
  problems: PackProblem[]
  /** What the manifest says, where it could be read. Only where there is no problem is it what was signed. */
  manifest?: Manifest
  /** Who sealed it and when, as the seal says. */
  seal?: Pick<Seal, 'key' | 'at' | 'sha256'>
  /** Whether the key is one of those that were expected; undefined where none was. */
  isExpectedKey?: boolean
}
export type Expecting = {
  /** Public keys in hex, any of which may have signed it. */
  keys?: readonly string[]
  /** Told how many of the bytes have been read, of how many: all are read twice. */
  onProgress?: (read: number, of: number) => void
  /** Waited for after every chunk: whoever shows a page lets it breathe here. What it throws ends the check. */
  pause?: () => Promise<void>
}

const MANIFEST_MAX = 10_000_000
const CHUNK = 1024 * 1024

const problem = (kind: PackProblem['kind'], words: string, name?: string): PackProblem => ({
  kind,
  words,
  ...(name !== undefined && { name }),
})
const NO_PACK = problem('not-a-pack', 'This is no pack of Rollcall, or its end was cut off or changed.')

export async function verifyPack(pack: Blob, expecting: Expecting = {}): Promise<Checked> {
  const seal = readSeal(new Uint8Array(await pack.slice(-SEAL_BYTES).arrayBuffer()))
  if (!seal) return { problems: [NO_PACK] }
  const isWhole = await fitsSeal(pack, seal, expecting)
  const { problems, manifest } = await checkFiles(pack, seal.key, expecting)
  await expecting.pause?.()
  const isExpectedKey = expecting.keys && expecting.keys.includes(seal.key)
  if (isExpectedKey === false)
    problems.unshift(problem('key', 'It is sealed with another key than was expected.'))
  if (isWhole !== 'fits') problems.push(sealProblem(isWhole, problems.length > 0))
  return {
    problems,
    seal: { key: seal.key, at: seal.at, sha256: seal.sha256 },
    ...(manifest && { manifest }),
    ...(isExpectedKey !== undefined && { isExpectedKey }),
  }
}

function sealProblem(found: 'other-bytes' | 'not-signed', isTold: boolean): PackProblem {
  if (found === 'not-signed') return problem('seal', 'The seal is not signed by the key that it names.')
  return problem(
    'seal',
    isTold
      ? 'The bytes are not those that were sealed.'
      : 'Bytes of the archive outside of its files are not those that were sealed.',
  )
}

async function fitsSeal(
  pack: Blob,
  seal: Seal,
  { onProgress, pause }: Expecting,
): Promise<'fits' | 'other-bytes' | 'not-signed'> {
  if (!(await isSealedBy(seal))) return 'not-signed'
  const hash = sha256.create()
  const end = pack.size - SEAL_BYTES
  for (let at = 0; at < end; at += CHUNK) {
    hash.update(new Uint8Array(await pack.slice(at, Math.min(at + CHUNK, end)).arrayBuffer()))
    onProgress?.(Math.min(at + CHUNK, end), 2 * pack.size)
    await pause?.()
  }
  return bytesToHex(hash.digest()) === seal.sha256 ? 'fits' : 'other-bytes'
}

type Files = { problems: PackProblem[]; manifest?: Manifest }

async function checkFiles(pack: Blob, key: string, expecting: Expecting): Promise<Files> {
  const reader = new ZipReader(new BlobReader(pack), { checkSignature: true })
  try {
    const entries = await entriesOf(reader)
    if (!entries)
      return { problems: [problem('not-a-pack', 'It holds more files than a pack can, or folders.')] }
    return await checkEntries(entries, key, watched(pack, expecting))
  } catch {
    return { problems: [problem('not-a-pack', 'The archive cannot be read: its structure is broken.')] }
  } finally {
    await reader.close().catch(() => {})
  }
}

/** @returns undefined where there are more than a pack can have */
async function entriesOf(reader: ZipReader<Blob>): Promise<ZipEntry[] | undefined> {
  const entries: ZipEntry[] = []
  for await (const entry of reader.getEntriesGenerator()) {
    if (entry.directory || entries.length >= FILES_MAX + 2) return undefined
    entries.push(entry)
  }
  return entries
}

/** Tells how far the second reading is, and lets others breathe. */
type Watch = (compressed: number) => Promise<void>
function watched(pack: Blob, { onProgress, pause }: Expecting): Watch {
  return async (compressed) => {
    onProgress?.(Math.min(pack.size + compressed, 2 * pack.size), 2 * pack.size)
    await pause?.()
  }
}

async function checkEntries(entries: readonly ZipEntry[], key: string, watch: Watch): Promise<Files> {
  const read = await readManifest(entries, key)
  if (!read.manifest) return { problems: read.problems }
  const { manifest, problems } = read
  const listed = new Map(manifest.files.map((file) => [file.name, file]))
  const seen = new Set<string>()
  let before = 0
  for (const entry of entries) {
    const { filename: name } = entry
    if (name === MANIFEST || name === MANIFEST_SIGNATURE) {
      if (seen.has(name)) problems.push(problem('added', `${shown(name)} is in it twice.`, shown(name)))
      seen.add(name)
      continue
    }
    const file = listed.get(name)
    if (!file || seen.has(name)) {
      problems.push(problem('added', `${shown(name)} is no file of the manifest.`, shown(name)))
      continue
    }
    seen.add(name)
    const done = before
    if (!(await isAsListed(entry, file, (share) => watch(done + share * entry.compressedSize))))
      problems.push(problem('changed', `${name} is not what the manifest says.`, name))
    before += entry.compressedSize
  }
  for (const name of listed.keys())
    if (!seen.has(name)) problems.push(problem('missing', `${name} is missing.`, name))
  return { problems, manifest }
}

/** A name that somebody put there may be anything. */
const shown = (name: string): string => (FILE_NAME.test(name) ? name : JSON.stringify(name.slice(0, 100)))

async function readManifest(entries: readonly ZipEntry[], key: string): Promise<Files> {
  const of = (wanted: string) => entries.find(({ filename }) => filename === wanted)
  const [manifestEntry, signatureEntry] = [of(MANIFEST), of(MANIFEST_SIGNATURE)]
  const bytes = manifestEntry && (await bytesOf(manifestEntry, MANIFEST_MAX))
  if (!bytes)
    return { problems: [problem('manifest', 'The manifest is missing or cannot be read.', MANIFEST)] }
  const signature = signatureEntry && (await bytesOf(signatureEntry, 64))
  const isSigned = signature?.length === 64 && (await isSignedBy(key, signature, bytes))
  const problems = isSigned
    ? []
    : [problem('manifest', 'The manifest is not what was signed, or its signature is not.', MANIFEST)]
  const json = jsonOf(bytes)
  const schema = AnyManifest.safeParse(json).data?.schema
  if (schema !== undefined && schema !== SCHEMA && /^rollcall-pack\/\d+$/.test(schema))
    return {
      problems: [
        ...problems,
        problem(
          'newer',
          `It is a ${schema}, which another version of Rollcall made: check it with that one.`,
        ),
      ],
    }
  const manifest = Manifest.safeParse(json)
  if (!manifest.success)
    return {
      problems: [
        ...problems,
        problem('manifest', 'The manifest is not in a form that is known here.', MANIFEST),
      ],
    }
  if (manifest.data.key !== key)
    problems.push(problem('manifest', 'The manifest names another key than the seal.', MANIFEST))
  return { problems, manifest: manifest.data }
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

class TooMuch extends Error {}

/** Reads an entry chunk by chunk, and no more of it than it may have: what would grow without an end is left. */
async function readThrough(
  entry: ZipEntry,
  most: number,
  see: (chunk: Uint8Array) => void | Promise<void>,
): Promise<boolean> {
  let bytes = 0
  const sink = new WritableStream<Uint8Array>({
    async write(chunk) {
      bytes += chunk.length
      if (bytes > most) throw new TooMuch()
      await see(chunk)
    },
  })
  try {
    await entry.getData(sink, { checkSignature: true })
    return true
  } catch {
    return false
  }
}

async function bytesOf(entry: ZipEntry, most: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = []
  if (!(await readThrough(entry, most, (chunk) => void chunks.push(chunk.slice())))) return undefined
  const all = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.length
  }
  return all
}

async function isAsListed(
  entry: ZipEntry,
  { bytes, sha256: expected }: FileEntry,
  watch: (share: number) => Promise<void>,
): Promise<boolean> {
  const hash = sha256.create()
  let read = 0
  const isRead = await readThrough(entry, bytes, (chunk) => {
    hash.update(chunk)
    read += chunk.length
    return watch(read / bytes)
  })
  return isRead && read === bytes && bytesToHex(hash.digest()) === expected
}
