// The laws over a made-up Google Cloud.
import { conformance, dropping, replay } from '@/tests/conformance'
import gcp from './collect'
import { emptyWorld } from './fixtures/empty'
import { NOW, WHOLE, WORLD } from './fixtures/recorded-world'

/** No binding, key, workload or log speaks of it. */
const ACCOUNT = '104500000000000000004'

conformance(gcp, {
  transport: () => replay(WHOLE),
  golden: `${import.meta.dirname}/fixtures/golden.json`,
  folder: import.meta.dirname,
  recorded: () => WORLD,
  empty: () => replay(emptyWorld()),
  remove: {
    identity: ACCOUNT,
    from: () => dropping(replay(WHOLE), ({ uniqueId }) => uniqueId === ACCOUNT),
  },
  now: NOW,
  // A deleted service account holds roles until somebody takes them away.
  dangling: ['104500000000000000099'],
})
