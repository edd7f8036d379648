// Receives a file of any size up to a bound into a private temporary place, as the body itself or as part of a form.
import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { RollcallError } from '@/core/errors'
import { boundaryOf, multipart } from './multipart'
import { TooLarge } from './too-large'

export type Upload = {
  path: string
  /** The other fields of the form. */
  fields: Readonly<Record<string, string>>
  /** The file's own name, where the form has it. */
  fileName?: string
}

const FIELD_BYTES_MAX = 4096
/** Room for the rest of a form around the file. */
const FORM_BYTES_MAX = 64 * 1024

async function receive(body: AsyncIterable<Uint8Array>, file: FileHandle, bytesMax: number): Promise<void> {
  let size = 0
  for await (const chunk of body) {
    size += chunk.byteLength
    if (size > bytesMax) throw new TooLarge(bytesMax)
    await file.writeFile(chunk)
  }
  if (!size) throw new RollcallError('invalid', 'The body is empty: send the file as the body, or in a form.')
}

async function receiveForm(
  body: AsyncIterable<Uint8Array>,
  boundary: string,
  file: FileHandle,
  bytesMax: number,
): Promise<Omit<Upload, 'path'>> {
  const fields: Record<string, Buffer> = {}
  let fileName: string | undefined
  let size = 0
  for await (const { part, chunk } of multipart(body, boundary)) {
    if (part.fileName === undefined) {
      const value = Buffer.concat([fields[part.name] ?? Buffer.alloc(0), chunk])
      if (value.length > FIELD_BYTES_MAX)
        throw new RollcallError('invalid', `The field ${part.name} is too long.`)
      fields[part.name] = value
      continue
    }
    if (fileName !== undefined && size && fileName !== part.fileName)
      throw new RollcallError('invalid', 'Send one file at a time.')
    fileName = part.fileName
    size += chunk.length
    if (size > bytesMax) throw new TooLarge(bytesMax)
    await file.writeFile(chunk)
  }
  if (!size) throw new RollcallError('invalid', 'The form holds no file, or an empty one.')
  const texts = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, value.toString('utf8')]),
  )
  return { fields: texts, fileName }
}

/**
 * Calls `work` with the file, which only this process can read, and removes it afterwards whatever happens.
 * @throws RollcallError `limited` (413) when it is larger than the bound, `invalid` when there is no file
 */
export async function withUpload<T>(
  request: Request,
  bytesMax: number,
  work: (upload: Upload) => Promise<T>,
): Promise<T> {
  if (Number(request.headers.get('content-length') ?? 0) > bytesMax + FORM_BYTES_MAX)
    throw new TooLarge(bytesMax)
  if (!request.body) throw new RollcallError('invalid', 'Send the file as the body, or in a form.')
  const body = request.body as unknown as AsyncIterable<Uint8Array>
  const boundary = boundaryOf(request.headers.get('content-type') ?? '')
  const folder = await mkdtemp(path.join(tmpdir(), 'rollcall-'))
  const place = path.join(folder, 'upload')
  try {
    const file = await open(place, 'wx', 0o600)
    let form: Omit<Upload, 'path'> = { fields: {} }
    try {
      if (boundary) form = await receiveForm(body, boundary, file, bytesMax)
      else await receive(body, file, bytesMax)
    } finally {
      await file.close()
    }
    return await work({ path: place, ...form })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
