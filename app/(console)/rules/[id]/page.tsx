// What a rule means, how it knows, and what it cannot see: its own document, rendered.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Metadata } from 'next'
import { Link } from '@/app/_ui/link'
import { notFound } from 'next/navigation'
import { may } from '@/core/permissions'
import { ruleTallies } from '@/inventory/queries/rule-tallies'
import { controlTitle } from '@/governance/frameworks/control-title'
import { ruleSettings } from '@/governance/policy/rule-settings'
import { ruleMeta, ruleTitle } from '@/app/_inventory/rule-meta'
import { recordPage } from '@/app/_session/record-page'
import type { IdProps } from '@/app/_session/route-props'
import { ButtonLink } from '@/app/_ui/button'
import { Page } from '@/app/_ui/page'
import { SeverityBadge } from '@/app/_ui/severity'
import { Document } from './document'
import { RuleSettings } from './settings'

const ABOUT = {
  identity: 'identities',
  credential: 'credentials',
  secret: 'stored secrets',
  scope: 'parts of sources',
} as const

export async function generateMetadata({ params }: IdProps): Promise<Metadata> {
  return { title: ruleTitle((await params).id) }
}

export default recordPage<IdProps>('finding:read', async ({ actor, at, moment }, { params }) => {
  const meta = ruleMeta((await params).id)
  if (!meta) notFound()
  // The id is one of the registry's, so the path cannot leave the folder of rules.
  const text = await readFile(path.join(process.cwd(), 'rules', meta.id, 'rule.md'), 'utf8')
  const tally = (await at(() => ruleTallies(actor))).find((one) => one.ruleId === meta.id)
  const settings = await ruleSettings(actor, meta.id, moment?.known)
  const mayAsk = !moment && may(actor, 'exception:ask') && tally && tally.fail + tally.unknown > 0
  return (
    <Page
      title={meta.title}
      crumbs={[{ title: 'Findings', href: '/findings?group=rule' }]}
      actions={
        mayAsk && <ButtonLink href={`/exceptions/new?rule=${meta.id}`}>Ask for an exception</ButtonLink>
      }
      narrow
    >
      <p className="-mt-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-muted">
        <SeverityBadge severity={meta.severity} />
        <span>about {ABOUT[meta.subject]}</span>
        <code className="font-mono text-caption">{meta.id}</code>
        {tally && (
          <span>
            <Link href={`/findings?rule=${meta.id}&verdict=fail`} className="link">
              {tally.fail.toLocaleString('en')} failing
            </Link>
            ,{' '}
            <Link href={`/findings?rule=${meta.id}&verdict=unknown`} className="link">
              {tally.unknown.toLocaleString('en')} not decided
            </Link>
            {tally.pass !== undefined && `, ${tally.pass.toLocaleString('en')} passing`}
            {tally.stale > 0 &&
              `; ${tally.stale.toLocaleString('en')} of these${
                tally.stalePass ? ` (${tally.stalePass.toLocaleString('en')} passing)` : ''
              } rest on looks that are out of date`}
          </span>
        )}
      </p>
      <RuleSettings
        settings={settings}
        ruleId={meta.id}
        usual={meta.severity}
        mayRead={may(actor, 'policy:read')}
      />
      <Document text={text} />
      <h2 className="mt-6 mb-1 text-section">Controls it speaks to</h2>
      <ul className="flex flex-col gap-1">
        {meta.controls.map((control) => (
          <li key={control}>
            <code className="font-mono text-caption">{control}</code>{' '}
            <span className="text-muted">{controlTitle(control)}</span>
          </li>
        ))}
      </ul>
    </Page>
  )
})
