// A store as another program speaks it: what is put there in one piece and in parts is read back by it as it was sent.
import { createHash } from 'node:crypto'
import { CreateBucketCommand, ListMultipartUploadsCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { againstMoto, HAS_MOTO, startMoto, type Moto } from '@/connectors/aws/fixtures/start-moto'
import { storePlace } from './store'
import { storeClient } from './store-client'
import { StoreSettings } from './store-settings'

const signal = new AbortController().signal

describe.skipIf(!HAS_MOTO)(againstMoto('a store of another make'), () => {
  let moto: Moto | undefined
  let settings: StoreSettings
  beforeAll(async () => {
    moto = await startMoto()
    settings = StoreSettings.parse({
      endpoint: moto.url,
      bucket: 'audit-evidence',
      prefix: 'quarters',
      pathStyle: true,
      privateNetworks: true,
      plain: true,
      accessKey: 'testing',
      secretKey: 'testing-key',
    })
    await storeClient(settings).send(new CreateBucketCommand({ Bucket: settings.bucket }))
  }, 60_000)
  afterAll(() => moto?.stop())

  const parcel = (bytes: Buffer, name: string) => ({
    name,
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    stream: async function* () {
      for (let at = 0; at < bytes.length; at += 1_000_000) yield bytes.subarray(at, at + 1_000_000)
    },
  })

  test.each([
    ['small.zip', Buffer.from('one pack')],
    ['large.zip', Buffer.alloc(20 * 1024 * 1024, 'evidence ')],
  ])('%s is there whole, once, and is left where it is another', async (name, bytes) => {
    expect(await storePlace.put(settings, parcel(bytes, name), { signal })).toBe('put')
    expect(await storePlace.put(settings, parcel(bytes, name), { signal })).toBe('same')
    expect(await storePlace.put(settings, parcel(Buffer.from('another'), name), { signal })).toBe('other')
    const halves = await storeClient(settings).send(
      new ListMultipartUploadsCommand({ Bucket: settings.bucket }),
    )
    expect(halves.Uploads ?? []).toEqual([])
  })
  test('no such bucket, and a try', async () => {
    await expect(
      storePlace.put({ ...settings, bucket: 'not-there' }, parcel(Buffer.from('x'), 'x.zip'), { signal }),
    ).rejects.toThrow('there is no such bucket')
    expect(await storePlace.attempt(settings, { signal })).toContain('quarters/rollcall-tried.txt')
  })
})
