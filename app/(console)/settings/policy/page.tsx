// The policy: limits of rules, environments, emergency identities, suppliers and end tags; every version of it.
import type { Metadata } from 'next'
import { may } from '@/core/permissions'
import { policyVersions, policyView } from '@/governance/policy/read-policy'
import { ruleFields } from '@/governance/policy/rule-settings'
import { flatParams } from '@/app/_list/query'
import { requireActor } from '@/app/_session/actor'
import type { SearchProps } from '@/app/_session/route-props'
import { Link } from '@/app/_ui/link'
import { Notice } from '@/app/_ui/notice'
import { Page } from '@/app/_ui/page'
import { save } from './actions'
import { PolicyEditor } from './editor'
import { History } from './history'

export const metadata: Metadata = { title: 'Policy' }

export default async function PolicyPage({ searchParams }: SearchProps) {
  const actor = await requireActor('policy:read')
  const { saved, before } = flatParams(await searchParams)
  const earlier = /^\d{1,9}$/.test(before ?? '') ? { before: Number(before) } : {}
  const [view, versions] = await Promise.all([policyView(actor), policyVersions(actor, earlier)])
  const readOnly = !may(actor, 'policy:write')
  return (
    <Page
      title="Policy"
      crumbs={[{ title: 'Settings', href: '/settings/appearance' }]}
      aside={view.version ? `version ${view.version}` : 'as built in'}
      lead={`What counts as too old, too long or too much here, and what is what. ${
        readOnly
          ? 'Only an administrator changes it.'
          : 'Each change is previewed, and saved as a new version.'
      }`}
    >
      {saved === String(view.version) && (
        <div className="mb-4">
          <Notice role="status" title={`Version ${view.version} counts.`}>
            Everything is being judged by it; findings follow as soon as that is done.{' '}
            <Link href="/findings?group=rule" className="link">
              Findings by rule
            </Link>
          </Notice>
        </div>
      )}
      <PolicyEditor
        key={view.version}
        policy={view.policy}
        version={view.version}
        rules={ruleFields()}
        readOnly={readOnly}
        action={save}
      />
      <History rows={versions.rows} next={versions.next} counts={view.version} />
    </Page>
  )
}
