// Puts packs in an S3-compatible store. An object is there whole or not at all; what was put there is read back before it counts.
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  type S3Client,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import type { Put } from '../folder-store'
import { NotDelivered, type Parcel, type PutAt } from './place'
import { storeClient } from './store-client'
import type { StoreSettings } from './store-settings'
import { statusOf, storeTrouble } from './store-trouble'

/** What is larger goes in parts, each held in memory while it is sent. */
const PART_BYTES = 8 * 1024 * 1024
const PARTS_MAX = 9000
const AT_ONCE = 2
/** Time to tidy up for whoever is told to stop. */
const GO_MS = 3000
const TRIED_NAME = 'rollcall-tried.txt'
const TRIED = Buffer.from('Rollcall has tried whether packs can be delivered here.\n')

type Object = { Bucket: string; Key: string }
type Held = { client: S3Client; object: Object; signal: AbortSignal }

const keyOf = ({ prefix = '' }: StoreSettings, name: string) =>
  prefix && !prefix.endsWith('/') ? `${prefix}/${name}` : `${prefix}${name}`

async function sha256Of(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of bytes) hash.update(chunk)
  return hash.digest('hex')
}

/** Undefined where it is not there, or where the keys may not tell: what is not there is refused to some as well. */
async function bytesThere({ client, object, signal }: Held): Promise<number | undefined> {
  try {
    const { ContentLength } = await client.send(new HeadObjectCommand(object), { abortSignal: signal })
    return ContentLength
  } catch (error) {
    if ([403, 404].includes(statusOf(error) ?? 0)) return undefined
    throw error
  }
}

async function sha256There({ client, object, signal }: Held): Promise<string> {
  const { Body } = await client.send(new GetObjectCommand(object), { abortSignal: signal })
  if (!(Body instanceof Readable)) throw new NotDelivered('The store answered without the object.')
  return sha256Of(Body as AsyncIterable<Uint8Array>)
}

/** What an earlier attempt left by half takes room that nobody sees. Not every key may look. */
async function dropHalves({ client, object, signal }: Held): Promise<void> {
  const at = { abortSignal: signal }
  const { Bucket, Key } = object
  const found = await client
    .send(new ListMultipartUploadsCommand({ Bucket, Prefix: Key }), at)
    .catch(() => undefined)
  for (const { UploadId, Key: key } of found?.Uploads ?? [])
    if (UploadId !== undefined && key === Key)
      await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }), at).catch(() => {})
}

async function upload(held: Held, { stream, bytes, sha256 }: Parcel): Promise<void> {
  const { client, object, signal } = held
  const sent = new Upload({
    client,
    params: {
      ...object,
      Body: Readable.from(stream()),
      ContentType: 'application/zip',
      Metadata: { 'rollcall-sha256': sha256 },
    },
    partSize: Math.max(PART_BYTES, Math.ceil(bytes / PARTS_MAX)),
    queueSize: AT_ONCE,
  })
  const stop = () => void sent.abort()
  signal.addEventListener('abort', stop, { once: true })
  try {
    signal.throwIfAborted()
    await sent.done()
  } catch (error) {
    // Whoever is told to stop leaves at once what it has not sent, and takes away what it has.
    if (signal.aborted) await dropHalves({ ...held, signal: AbortSignal.timeout(GO_MS) })
    throw error
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

async function putObject(held: Held, parcel: Parcel): Promise<Put> {
  const there = await bytesThere(held)
  if (there !== undefined) {
    const isSame = there === parcel.bytes && (await sha256There(held)) === parcel.sha256
    return isSame ? 'same' : 'other'
  }
  if ((await sha256Of(parcel.stream())) !== parcel.sha256)
    throw new NotDelivered('The file of the pack is not as it was sealed: nothing was delivered.')
  await dropHalves(held)
  await upload(held, parcel)
  if ((await sha256There(held)) === parcel.sha256) return 'put'
  await held.client.send(new DeleteObjectCommand(held.object)).catch(() => {})
  throw new NotDelivered(
    'What was read back from the store is not what was sent there: it was removed again.',
  )
}

const serverOf = ({ endpoint }: StoreSettings) => `The store ${new URL(endpoint).host}`

async function within<T>(
  settings: StoreSettings,
  name: string,
  { signal, idleMs }: PutAt,
  work: (held: Held) => Promise<T>,
): Promise<T> {
  let client: S3Client | undefined
  try {
    client = storeClient(settings, idleMs)
    return await work({ client, signal, object: { Bucket: settings.bucket, Key: keyOf(settings, name) } })
  } catch (error) {
    throw storeTrouble(error, serverOf(settings))
  } finally {
    client?.destroy()
  }
}

export const putInStore = (settings: StoreSettings, parcel: Parcel, at: PutAt): Promise<Put> =>
  within(settings, parcel.name, at, (held) => putObject(held, parcel))

/** @returns in words what was done */
export const attemptInStore = (settings: StoreSettings, at: PutAt): Promise<string> =>
  within(settings, TRIED_NAME, at, async (held) => {
    const sha256 = createHash('sha256').update(TRIED).digest('hex')
    const stream = async function* () {
      yield TRIED
    }
    await upload(held, { name: TRIED_NAME, sha256, bytes: TRIED.length, stream })
    if ((await sha256There(held)) !== sha256)
      throw new NotDelivered('What was read back from the store is not what was sent there.')
    return `A small object, ${held.object.Key}, was put there and read back. It stays there.`
  })
