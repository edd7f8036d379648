// A folder as a place that packs are delivered to.
import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { putInFolder } from '../folder-store'
import { allowedFolder, folderTrouble } from './allowed-folder'
import { NotDelivered, type Place } from './place'

const PART = /^[\p{L}\p{N}_][\p{L}\p{N} ._-]{0,99}$/u
const WRONG = 'must be names of folders with / between them, without .. and not beginning with /'

const FolderSettings = z.strictObject({
  folder: z
    .string()
    .trim()
    .min(1, { error: 'Name a folder' })
    .max(500)
    .refine((text) => text.split('/').every((part) => PART.test(part)), { error: WRONG })
    .meta({
      title: 'Folder',
      description: 'Below the one that DELIVERIES_FOLDER names. It is made where it is not there.',
      placeholder: 'audit/quarters',
    }),
})
type FolderSettings = z.infer<typeof FolderSettings>

async function* stopping(bytes: AsyncIterable<Uint8Array>, signal: AbortSignal) {
  for await (const chunk of bytes) {
    signal.throwIfAborted()
    yield chunk
  }
}

const TRIED = 'Rollcall has tried whether packs can be delivered here.\n'

export const folderPlace: Place<FolderSettings> = {
  id: 'folder',
  title: 'A folder',
  summary: 'On this machine, or mounted on it: below the folder that whoever runs Rollcall allows.',
  settings: FolderSettings,
  words: ({ folder }) => `folder ${folder}`,
  async put({ folder }, { name, sha256, stream }, { signal }) {
    const place = await allowedFolder(folder)
    try {
      return await putInFolder(place, { name, sha256, bytes: stopping(stream(), signal) })
    } catch (error) {
      throw folderTrouble(error, folder)
    }
  },
  async attempt({ folder }) {
    const place = await allowedFolder(folder)
    const bytes = Buffer.from(TRIED)
    const name = `rollcall-tried-${process.pid}-${Date.now()}.txt`
    try {
      const put = await putInFolder(place, {
        name,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        bytes: (async function* () {
          yield bytes
        })(),
      })
      if (put === 'other')
        throw new NotDelivered(`The folder ${folder}: something else bears a name of ours.`)
    } catch (error) {
      throw folderTrouble(error, folder)
    } finally {
      await rm(path.join(place, name), { force: true }).catch(() => {})
    }
    return 'A small file was written there, read back, and taken away again.'
  },
}
