// Writes a pack as a stream: each file is compressed, counted and hashed as it goes by, and nothing of it is held.
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { configure, ZipWriter } from '@zip.js/zip.js'
import {
  FILE_NAME,
  Manifest,
  MANIFEST,
  MANIFEST_SIGNATURE,
  manifestBytes,
  SCHEMA,
  type FileEntry,
} from './manifest'
import { SEAL_BYTES, sealFor, type Signer } from './seal'

configure({ useWebWorkers: false })

/** The same for every file of every pack: built again, it is the same bytes. */
const WRITTEN = new Date(Date.UTC(1980, 0, 1))
const OPTIONS = { lastModDate: WRITTEN, extendedTimestamp: false, level: 6 } as const

/** Where the archive goes, chunk by chunk. Resolves when it may have more. */
export type Sink = (chunk: Uint8Array) => Promise<void>
export type Written = { bytes: number; sha256: string; manifest: Manifest }

/** Passes on everything but what the seal takes the place of, and hashes what it passes on. */
class Sealing {
  private held = new Uint8Array()
  private readonly hash = sha256.create()
  bytes = 0
  constructor(private readonly sink: Sink) {}

  async take(chunk: Uint8Array): Promise<void> {
    const all = new Uint8Array(this.held.length + chunk.length)
    all.set(this.held)
    all.set(chunk, this.held.length)
    const passed = Math.max(0, all.length - SEAL_BYTES)
    this.held = all.slice(passed)
    if (passed) await this.pass(all.subarray(0, passed))
  }

  async end(signer: Signer, at: Date): Promise<string> {
    if (this.held.length !== SEAL_BYTES) throw new Error('the archive is shorter than its comment')
    const digest = bytesToHex(this.hash.digest())
    const seal = await sealFor(digest, at, signer)
    if (seal.length !== SEAL_BYTES) throw new Error('the seal is not as long as the archive says')
    this.bytes += seal.length
    await this.sink(seal)
    return digest
  }

  private async pass(chunk: Uint8Array): Promise<void> {
    this.hash.update(chunk)
    this.bytes += chunk.length
    await this.sink(chunk)
  }
}

export class PackWriter {
  private readonly sealing: Sealing
  private readonly zip: ZipWriter<unknown>
  private readonly files: FileEntry[] = []

  constructor(
    sink: Sink,
    private readonly signer: Signer,
  ) {
    this.sealing = new Sealing(sink)
    this.zip = new ZipWriter(
      new WritableStream<Uint8Array>({ write: (chunk) => this.sealing.take(chunk) }),
      OPTIONS,
    )
  }

  /**
   * Adds a file that is listed in the manifest.
   * @param rows told once all of it has gone by
   */
  async add(name: string, content: AsyncIterable<Uint8Array>, rows?: () => number): Promise<void> {
    if (!FILE_NAME.test(name)) throw new Error(`${name} is no name of a file in a pack`)
    if ([MANIFEST, MANIFEST_SIGNATURE].includes(name) || this.files.some((file) => file.name === name))
      throw new Error(`${name} is in the pack already`)
    const hash = sha256.create()
    let bytes = 0
    await this.put(name, content, (chunk) => {
      hash.update(chunk)
      bytes += chunk.length
    })
    this.files.push({
      name,
      ...(rows && { rows: rows() }),
      bytes,
      sha256: bytesToHex(hash.digest()),
    })
  }

  /** Writes the manifest with its signature, and seals all of it. */
  async finish(about: Omit<Manifest, 'schema' | 'files' | 'key'>, at: Date): Promise<Written> {
    const files = [...this.files].sort((a, b) => (a.name < b.name ? -1 : 1))
    const manifest = Manifest.parse({ ...about, schema: SCHEMA, key: this.signer.publicKey, files })
    const bytes = manifestBytes(manifest)
    await this.put(MANIFEST, once(bytes))
    await this.put(MANIFEST_SIGNATURE, once(await this.signer.sign(bytes)))
    await this.zip.close(new Uint8Array(SEAL_BYTES))
    const digest = await this.sealing.end(this.signer, at)
    return { bytes: this.sealing.bytes, sha256: digest, manifest }
  }

  private async put(
    name: string,
    content: AsyncIterable<Uint8Array>,
    see: (chunk: Uint8Array) => void = () => {},
  ): Promise<void> {
    const chunks = content[Symbol.asyncIterator]()
    const stream = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const { done, value } = await chunks.next()
        if (done) return controller.close()
        see(value)
        controller.enqueue(value)
      },
      async cancel() {
        await chunks.return?.()
      },
    })
    await this.zip.add(name, { readable: stream }, OPTIONS)
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
