// Puts packs in a folder. Nobody ever sees half of one, and trying again does no harm.
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, link, rm, stat } from 'node:fs/promises'
import path from 'node:path'

/** put: it is there now; same: it was there already; other: something else bears its name, and was left. */
export type Put = 'put' | 'same' | 'other'

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

/**
 * @param sha256 of all of the pack, in hex
 * @throws what the file system throws, and where the bytes are not those that were told
 */
export async function putInFolder(
  folder: string,
  { name, sha256, bytes }: { name: string; sha256: string; bytes: AsyncIterable<Uint8Array> },
): Promise<Put> {
  if (!name || path.basename(name) !== name || name.startsWith('.'))
    throw new Error(`${name} is no name of a file`)
  const place = path.join(folder, name)
  if (await isThere(place)) return (await sha256Of(place)) === sha256 ? 'same' : 'other'
  const half = path.join(folder, `.${randomUUID()}.part`)
  try {
    const hash = createHash('sha256')
    const file = await open(half, 'wx', 0o640)
    try {
      for await (const chunk of bytes) {
        hash.update(chunk)
        await file.writeFile(chunk)
      }
      await file.sync()
    } finally {
      await file.close()
    }
    if (hash.digest('hex') !== sha256) throw new Error('the pack is not as it was sealed')
    // A link fails where the name was taken meanwhile; a rename would replace what is there.
    await link(half, place)
    return 'put'
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return (await sha256Of(place)) === sha256 ? 'same' : 'other'
  } finally {
    await rm(half, { force: true })
  }
}
