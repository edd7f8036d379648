// The laws over the streams of the Microsoft Graph side, recorded from the real client on its way to the made-up tenant.
import type { Transport } from '@/core/upstream'
import { conformance, dropping, replay } from '@/tests/conformance'
import { graphServer } from '@/tests/contract/azure/graph-server'
import { principalId } from '@/tests/contract/azure/graph-tenant'
import { NOW, onlyEntra, recorded, type Answered } from './fixtures/only-entra'

const server = await graphServer({ pageMax: 6 })
const client = server.open()
const answers = await recorded(client)
await client.close?.()
await server.close()

/** A foreign application that holds a permission of its own, and nothing else speaks of. */
const GONE = principalId(42)

const emptied = (one: Answered): Answered =>
  'answer' in one && Array.isArray((one.answer as { value?: unknown }).value)
    ? { ...one, answer: { value: [] } }
    : one
/** The same tenant without any object: what follows from objects is not asked. */
const empty = (): Transport => replay(answers.map(emptied))

conformance(onlyEntra, {
  transport: () => replay(answers),
  golden: `${import.meta.dirname}/fixtures/golden.json`,
  folder: import.meta.dirname,
  recorded: () => answers,
  empty,
  remove: { identity: GONE, from: () => dropping(replay(answers), (one) => one['id'] === GONE) },
  now: NOW,
  skip: { paper: 'the papers are those of the whole connector, which keeps this law itself' },
})
