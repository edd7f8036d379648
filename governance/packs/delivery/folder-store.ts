// Puts packs in a folder. Nobody ever sees half of one, and trying again does no harm.
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { link, open, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'

/** put: it is there now; same: it was there already; other: something else bears its name, and was left. */
export type Put = 'put' | 'same' | 'other'

/** The bytes are not those that were told: on the way here, or at their place. */
export class OtherBytes extends Error {}

/** What a killed process left: nobody who is alive leaves a file alone for so long. */
const LEFT = /^\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.part$/
const LEFT_MS = 3600_000
/** File systems that know no second name for a file: those of other machines, and of removable disks. */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  )
const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : ''

async function write(file: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const handle = await open(file, 'wx', 0o640)
  try {
    for await (const chunk of bytes) await handle.writeFile(chunk)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** A link fails where the name was taken meanwhile; a rename would replace what is there. @returns whether it is there by it */
async function name(half: string, place: string): Promise<boolean> {
  try {
    await link(half, place)
    return true
  } catch (error) {
    const code = codeOf(error)
    if (code === 'EEXIST' || (NO_LINKS.includes(code) && (await isThere(place)))) return false
    if (!NO_LINKS.includes(code)) throw error
  }
  await rename(half, place)
  return true
}

async function syncFolder(folder: string): Promise<void> {
  // A folder cannot be opened everywhere; where it can, the new name survives a loss of power.
  const held = await open(folder, 'r').catch(() => undefined)
  await held?.sync().catch(() => {})
  await held?.close()
}

async function sweepLeft(folder: string): Promise<void> {
  for (const file of (await readdir(folder)).filter((one) => LEFT.test(one))) {
    const found = await stat(path.join(folder, file)).catch(() => undefined)
    if (found && Date.now() - found.mtimeMs > LEFT_MS) await rm(path.join(folder, file), { force: true })
  }
}

/**
 * @param sha256 of all of the pack, in hex: what is written is read again, and has its name only where it has the hash
 * @throws OtherBytes; what the file system throws
 */
export async function putInFolder(
  folder: string,
  { name: called, sha256, bytes }: { name: string; sha256: string; bytes: AsyncIterable<Uint8Array> },
): Promise<Put> {
  if (!called || path.basename(called) !== called || called.startsWith('.'))
    throw new Error(`${called} is no name of a file`)
  await sweepLeft(folder)
  const place = path.join(folder, called)
  const held = async (): Promise<Put> => ((await sha256Of(place)) === sha256 ? 'same' : 'other')
  if (await isThere(place)) return held()
  const half = path.join(folder, `.${randomUUID()}.part`)
  try {
    await write(half, bytes)
    if ((await sha256Of(half)) !== sha256) throw new OtherBytes('the pack is not as it was sealed')
    if (!(await name(half, place))) return await held()
    await syncFolder(folder)
    return 'put'
  } finally {
    await rm(half, { force: true })
  }
}
