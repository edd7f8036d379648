// The rules that were asked: text, settings and what each cannot see, so that the same can be asked again.
import { rules as registry } from '@/rules'
import { revisionOf } from '@/rules/revisions'
import { atMoment } from '@/inventory/moment/at-moment'
import { controlsOf } from '../../frameworks/rules-of-controls'
import { rulesAsked } from '../controls'
import { blindSpotOf } from '../facts/blind-spots'
import { policyThen, settledRevisions } from '../facts/policy-then'
import { ruleTests } from '../facts/rule-tests'
import { subjectsOfPack } from '../facts/subjects-of-pack'
import type { Part, PackAt } from '../part'

/** The settings by which each revision was given, where they were kept. */
async function settingsOf({ snapshot, asked }: PackAt, ruleId: string) {
  const rows = await snapshot.ruleRevision.findMany({
    where: { ruleId, firstAt: { lte: asked.moment.known } },
    orderBy: [{ firstAt: 'asc' }, { revision: 'asc' }],
  })
  return rows.map(({ revision, sourceRevision, params, severity, policyVersion }) => ({
    ...{ revision, text: sourceRevision, params, severity: severity ?? 'its own', policyVersion },
  }))
}

const wanted = ({ asked }: PackAt) => {
  const ids = rulesAsked(asked.controls)
  return registry.filter(({ meta }) => !ids || ids.includes(meta.id))
}

async function told(at: PackAt): Promise<object[]> {
  const policy = await policyThen(at.snapshot, at.asked.moment.known)
  const alike = await subjectsOfPack(at, policy)
  const tests = await ruleTests(at, rulesAsked(at.asked.controls), { alike, policy })
  return Promise.all(
    wanted(at).map(async ({ meta }) => {
      const { parameters, pass, fail, excepted, unknown, notAsked } =
        tests.find(({ id }) => id === meta.id) ?? {}
      return {
        ...{
          id: meta.id,
          title: meta.title,
          about: meta.subject,
          topic: meta.topic,
          severity: meta.severity,
        },
        ...{
          needs: meta.needs,
          weighs: meta.weighs ?? [],
          controls: controlsOf(meta.id),
          remedy: meta.remedy,
        },
        ...{ text: revisionOf(meta.id), parameters, policyVersion: policy.version },
        settled: settledRevisions(meta.id, policy).map(({ revision, params }) => ({ revision, params })),
        revisions: await settingsOf(at, meta.id),
        cannotSee: (await blindSpotOf(meta.id)) ?? 'not said',
        counts: { pass, fail, excepted, unknown, notAsked },
      }
    }),
  )
}

export const rules: Part = {
  id: 'rules',
  file: 'rules.json',
  about:
    'Each rule that was asked: the hash of its text, its settings, the facts it needs, the controls it gives evidence toward, what it cannot see, and how it answered about this population.',
  isUsual: true,
  needs: 'finding:read',
  count: (at) => Promise.resolve({ rows: wanted(at).length, isExact: true }),
  async *write(at, wrote) {
    const rows = await atMoment(at.asked.moment, () => told(at))
    yield new TextEncoder().encode(`${JSON.stringify({ rules: rows }, undefined, 2)}\n`)
    wrote(rows.length)
  },
}
