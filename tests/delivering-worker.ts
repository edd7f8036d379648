// A process that delivers packs, for tests: one that can be killed when a pack has arrived and nobody knows yet.
import { deliverDue } from '@/governance/packs/delivery/delivering/deliver-due'
import { putAt } from '@/governance/packs/delivery/places'

await deliverDue({
  signal: new AbortController().signal,
  put: async (...given) => {
    await putAt(...given)
    process.stdout.write('arrived\n')
    return new Promise(() => setInterval(() => {}, 1000))
  },
})
