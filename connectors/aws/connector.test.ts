// The laws over the recorded estate.
import { conformance, dropping, replay } from '@/tests/conformance'
import aws from './collect'
import { emptyAnswers } from './fixtures/empty'
import { recordedWorld } from './fixtures/recorded-world'

const { calm, all } = await recordedWorld()
/** `acme-gha-no-sub`: no other identity of the estate depends on it. */
const ROLE = calm
  .flatMap((one) => ('answer' in one ? [JSON.stringify(one.answer)] : []))
  .flatMap((text) => /"RoleName":"acme-gha-no-sub","RoleId":"(\w+)"/.exec(text)?.[1] ?? [])[0]!

conformance(aws, {
  transport: () => replay(all),
  golden: `${import.meta.dirname}/fixtures/golden.json`,
  folder: import.meta.dirname,
  recorded: () => calm,
  empty: () => replay(emptyAnswers(calm)),
  remove: { identity: ROLE, from: () => dropping(replay(all), ({ RoleId }) => RoleId === ROLE) },
  now: '2026-11-22T08:00:00.000Z',
})
