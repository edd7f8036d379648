// What a pack says of itself and of each control, for the README, the report and the exchange formats.
import type { ReportFacts } from '@/evidence/report/facts'
import { may } from '@/core/permissions'
import { PRODUCT } from '@/core/product'
import { eachAtMoment } from '@/inventory/moment/at-moment'
import { rulesAsked } from '../controls'
import { countCredentials } from '../parts/credentials'
import { countPopulation } from '../parts/identities'
import { veiledLine, withoutPeople } from '../parts/finding-redaction'
import { peopleOf } from '../parts/people'
import { veilOf } from '../parts/veil'
import type { PackAt, PackFacts } from '../part'
import { reconcile, type Reconciled } from '../reconciliation/reconcile'
import { campaignsOfPack, signOffsOfPack } from './campaigns-of-pack'
import { controlResults } from './controls'
import { exceptionLines } from './exception-lines'
import { completenessOfPack, gapsOf } from './gaps'
import { methodOf, redactedWords } from './method'
import { eachPackFinding, findingLine, type PackFinding } from './pack-findings'
import { policyThen } from './policy-then'
import { ruleTests } from './rule-tests'
import { scopeWords } from './scope-words'
import { subjectsOfPack } from './subjects-of-pack'

/** A line a scope and kind: few beside what they count. */
async function linesOf(at: PackAt): Promise<Reconciled[]> {
  const lines: Reconciled[] = []
  for await (const some of reconcile(at)) lines.push(...some)
  return lines
}

const printed = ({ unexplained, excluded, ...line }: Reconciled) => ({
  ...line,
  excluded: unexplained ? [...excluded, { count: unexplained, why: 'not explained: a gap' }] : excluded,
})

async function seenBy(at: PackAt) {
  const policy = await policyThen(at.snapshot, at.asked.moment.known)
  const [seen, lines, alike] = await Promise.all([
    completenessOfPack(at),
    linesOf(at),
    subjectsOfPack(at, policy),
  ])
  return { policy, lines, alike, ...gapsOf(seen, lines, alike) }
}

async function report(at: PackAt, files: ReportFacts['files']): Promise<ReportFacts> {
  const { actor, asked } = at
  const { moment, from } = asked
  const named = peopleOf(at)
  const { policy, lines, alike, gaps, beyond } = await seenBy(at)
  const tests = await ruleTests(at, rulesAsked(asked.controls), { alike, policy })
  const campaigns = may(actor, 'campaign:read') ? await campaignsOfPack(at) : []
  const signOffs = await signOffsOfPack(at, campaigns, named)
  const sum = (of: (one: (typeof tests)[number]) => number) =>
    tests.reduce((total, one) => total + of(one), 0)
  return {
    title: asked.title,
    product: PRODUCT,
    by: named ? named(actor.name) : actor.name,
    asOf: moment,
    ...(from !== undefined && { period: { from, to: moment.valid } }),
    scope: await scopeWords(at, named),
    redacted: redactedWords(at),
    complete: gaps.length === 0,
    gaps,
    totals: {
      identities: (await countPopulation(at)).rows,
      credentials: await countCredentials(at),
      failing: sum(({ fail }) => fail),
      unknown: sum(({ unknown }) => unknown),
      excepted: sum(({ excepted }) => excepted),
    },
    controls: controlResults(asked, { tests, alike, lines, signOffs }),
    sources: lines.map(printed),
    exceptions: may(actor, 'exception:read') ? await exceptionLines(at, named) : [],
    files,
    method: methodOf(at, PRODUCT.version, beyond),
  }
}

export const packFacts: PackFacts = {
  report,
  async preview(at) {
    const { gaps, lines } = await seenBy(at)
    return { complete: gaps.length === 0, gaps, sources: lines.map(printed) }
  },
  async *findings(at) {
    const named = peopleOf(at)
    const veil = await veilOf(at)
    const lineOf = (row: PackFinding) => findingLine(named ? withoutPeople(row, named) : row)
    for await (const rows of eachAtMoment(at.asked.moment, () => eachPackFinding(at)))
      yield rows.map((row) => (veil ? veiledLine(lineOf(row), veil) : lineOf(row)))
  },
}
