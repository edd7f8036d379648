// The analysis of one scope as a worker makes it: the first, one after a single policy has changed, and one after nothing has.
import { analyseScope } from '@/governance/access/analyse-scope'
import { atMost, peakMiB, percent, secondsOf, spaced, type Figure, type Step } from '../contract'
import { withServer } from '../sync/server'
import { accountRealm, rolesFor } from '@/tests/measured-realms/account-realm'
import { fillRealm } from './fill-realm'
import { spentOn } from './work'

const SHARE_MAX = 0.1
const NOTHING_SHARE_MAX = 0.01
const group = 'Access'

/** Written anew, and one statement more, as a sync would: of those that are held by several, one in the middle. */
const CHANGE = `
  WITH chosen AS (
    SELECT entitlement_id AS id, count(*)::int AS holders FROM "grant" WHERE scope_id = $1 GROUP BY 1 HAVING count(*) > 1
    ORDER BY abs(count(*) - (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY c) FROM (SELECT count(*) AS c FROM "grant"
      WHERE scope_id = $1 GROUP BY entitlement_id HAVING count(*) > 1) counts)), 1 LIMIT 1)
  UPDATE entitlement e SET known_from = knowledge_now(), doc = jsonb_set(doc, '{document,value}', doc #> '{document,value}' ||
    jsonb_build_object('Statement', doc #> '{document,value,Statement}' ||
      '{"Effect":"Allow","Action":"iam:PassRole","Resource":"*"}'::jsonb))
  FROM chosen WHERE e.id = chosen.id RETURNING chosen.holders`

const analyse = async (scopeId: string) => {
  const { value, ...spent } = await spentOn(() => analyseScope(scopeId, new AbortController().signal))
  return { ...value, ...spent }
}
const rowsHeld = (scopeId: string): Promise<number> =>
  withServer(async (client) => {
    const { rows } = await client.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM access_step WHERE scope_id = $1',
      [scopeId],
    )
    return rows[0]?.count ?? 0
  })

const what = 'The same account'
async function analyseTwice(scopeId: string): Promise<Figure[]> {
  const first = await analyse(scopeId)
  const steps = await rowsHeld(scopeId)
  const holders = await withServer(async (client) => {
    const { rows } = await client.query<{ holders: number }>(CHANGE, [scopeId])
    return rows[0]?.holders ?? 0
  })
  const again = await analyse(scopeId)
  const nothing = await analyse(scopeId)
  if (!first.made || !again.made || nothing.made) throw new Error('what was to be analysed was not')
  const [share, idle] = [again.seconds / first.seconds, nothing.seconds / first.seconds]
  return [
    {
      group,
      name: `${what}: first analysis, reading and writing included`,
      measured: `${secondsOf(first.seconds)}, ${secondsOf(first.cpuSeconds)} of it this process; ${spaced(steps)} steps are held; ${spaced(peakMiB())} MiB at most`,
      verdict: 'told',
    },
    {
      group,
      name: `${what}: analysed again, one policy that ${spaced(holders)} hold has changed`,
      aim: `at most ${percent(SHARE_MAX)} of the first`,
      measured: `${percent(share)} (${secondsOf(again.seconds)}, ${secondsOf(again.cpuSeconds)} of it this process): ${spaced(again.judged)} of ${spaced(first.judged)} are judged again, for the others rest on nothing of it; processor ${(first.cpuSeconds / again.cpuSeconds).toFixed(0)} times less`,
      verdict: atMost(share, SHARE_MAX),
    },
    {
      group,
      name: `${what}: analysed again, nothing has changed`,
      aim: `at most ${percent(NOTHING_SHARE_MAX)} of the first`,
      measured: `${percent(idle)} (${(nothing.seconds * 1000).toFixed(0)} ms)`,
      verdict: atMost(idle, NOTHING_SHARE_MAX),
    },
  ]
}

/** In a process of its own: what is asked of a realm elsewhere stays in memory. */
export const accessAnalysis: Step = async ({ identities, seed }) => ({
  figures: await analyseTwice(await fillRealm(accountRealm(rolesFor(identities), seed))),
  facts: {},
})
