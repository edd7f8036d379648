// A process that builds a pack, for tests: one that can be killed in the middle, when half of a file is on the disk.
import { buildPack } from '@/governance/packs/building/build-pack'
import { withPart } from './built-packs'

const makers = withPart(async function* () {
  for (let n = 0; ; n++) {
    yield Buffer.from(crypto.getRandomValues(new Uint8Array(4096)))
    if (n === 100) process.stdout.write('half\n')
    if (n > 100) await new Promise((resolve) => setTimeout(resolve, 50))
  }
})
await buildPack(process.argv[2] ?? '', { signal: new AbortController().signal, makers })
