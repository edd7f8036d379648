// One version of the policy: what it changed in the one before it, and in what counts now; and restoring it.
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { may } from '@/core/permissions'
import { changeWords, type PolicyChange } from '@/governance/policy/policy-changes'
import { policyDifference, policyVersion, policyView } from '@/governance/policy/read-policy'
import { policyYaml } from '@/governance/policy/policy-yaml'
import { ActionForm } from '@/app/_form/action-form'
import { TextField } from '@/app/_form/field'
import { Submit } from '@/app/_form/submit'
import { requireActor } from '@/app/_session/actor'
import { orNotFound } from '@/app/_session/or-not-found'
import { CopyText } from '@/app/_ui/copy-text'
import { Moment } from '@/app/_ui/moment'
import { Page } from '@/app/_ui/page'
import { Section } from '@/app/_ui/section'
import { restore } from '../../actions'

export const metadata: Metadata = { title: 'Version of the policy' }

function Changes({ changes, none }: { changes: PolicyChange[]; none: string }) {
  if (!changes.length) return <p className="text-muted">{none}</p>
  return (
    <ul className="list-disc pl-5">
      {changes.map((change) => (
        <li key={changeWords(change)} className="my-0.5 [overflow-wrap:anywhere]">
          {changeWords(change)}
        </li>
      ))}
    </ul>
  )
}

function Restore({ version, base }: { version: number; base: number }) {
  return (
    <Section
      id="restore"
      title="Restore"
      lead={`What it says counts again, as version ${base + 1}. Nothing is lost: restore another one the same way.`}
    >
      <ActionForm
        action={restore}
        label="Restore this version"
        quiet
        className="flex max-w-120 flex-col gap-3"
      >
        <input type="hidden" name="version" value={version} />
        <input type="hidden" name="base" value={base} />
        <TextField name="note" label="Why" maxLength={1000} autoComplete="off" />
        <div>
          <Submit busy="Restoring…">Restore</Submit>
        </div>
      </ActionForm>
    </Section>
  )
}

export default async function PolicyVersionPage({ params }: { params: Promise<{ version: string }> }) {
  const actor = await requireActor('policy:read')
  const { version: named } = await params
  if (!/^\d{1,9}$/.test(named)) notFound()
  const version = Number(named)
  const view = await orNotFound(policyVersion(actor, version))
  const { version: base } = await policyView(actor)
  const [changed, since] = await Promise.all([
    version ? policyDifference(actor, { from: version - 1, to: version }) : [],
    policyDifference(actor, { from: base, to: version }),
  ])
  return (
    <Page
      title={version ? `Version ${version}` : 'What is built in'}
      crumbs={[
        { title: 'Settings', href: '/settings/appearance' },
        { title: 'Policy', href: '/settings/policy' },
      ]}
      aside={version === base ? 'counts now' : undefined}
      lead={version ? view.note : 'What counts as long as nobody has decided anything.'}
      narrow
    >
      {view.at && (
        <p className="text-muted">
          {view.author}, <Moment at={view.at} full />
        </p>
      )}
      {version > 0 && (
        <Section
          id="changed"
          title={version === 1 ? 'Changed from what is built in' : `Changed from version ${version - 1}`}
        >
          <Changes changes={changed} none="Nothing that rules ask about." />
        </Section>
      )}
      {version !== base && (
        <Section id="since" title="What restoring it would change">
          <Changes changes={since} none="Nothing: it says what counts now." />
        </Section>
      )}
      {version !== base && since.length > 0 && may(actor, 'policy:write') && (
        <Restore version={version} base={base} />
      )}
      <Section id="yaml" title="As code">
        <CopyText text={policyYaml(view.policy, version)} what="policy" />
      </Section>
    </Page>
  )
}
