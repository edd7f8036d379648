// One finding: what it means, the facts it rests on, what to do, and how it came about.
import { Link } from '@/app/_ui/link'
import { cache } from 'react'
import { getFinding } from '@/inventory/queries/get-finding'
import type { FindingDetail } from '@/inventory/queries/types'
import { may } from '@/core/permissions'
import { assignees } from '@/governance/triage/assignees'
import { findingHistory } from '@/governance/triage/finding-history'
import { controlTitle } from '@/governance/frameworks/control-title'
import { CompletenessLine } from '@/app/_inventory/completeness-line'
import { subjectHref, subjectPrefix } from '@/app/_inventory/finding-subject'
import { FindingVerdict } from '@/app/_inventory/finding-verdict'
import { ruleMeta, ruleTitle } from '@/app/_inventory/rule-meta'
import { orNotFound } from '@/app/_session/or-not-found'
import { recordPage, recordTitle } from '@/app/_session/record-page'
import type { IdProps } from '@/app/_session/route-props'
import { ButtonLink } from '@/app/_ui/button'
import { CopyButton } from '@/app/_ui/copy-button'
import { Moment } from '@/app/_ui/moment'
import { Notice } from '@/app/_ui/notice'
import { Page } from '@/app/_ui/page'
import { Section } from '@/app/_ui/section'
import { ExceptionNotice, Triage } from './decisions'
import { EvidenceTable } from './evidence-table'

const read = cache(getFinding)

export const generateMetadata = recordTitle<IdProps>('finding:read', async ({ actor, at }, { params }) => {
  const { id } = await params
  const { finding } = await orNotFound(at(() => read(actor, id)))
  return `${ruleTitle(finding.ruleId)}: ${finding.subject.name}`
})

function Controls({ controls }: { controls: readonly string[] }) {
  return (
    <ul className="flex flex-col gap-1">
      {controls.map((control) => (
        <li key={control}>
          <code className="font-mono text-caption">{control}</code>{' '}
          <span className="text-muted">{controlTitle(control)}</span>
        </li>
      ))}
    </ul>
  )
}

function Summary({ detail: { finding, resolvedWhy } }: { detail: FindingDetail }) {
  return (
    <div className="-mt-2 mb-3 flex flex-col gap-2.5">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <FindingVerdict finding={finding} />
        <span>
          {subjectPrefix(finding.subject)}
          <Link href={subjectHref(finding.subject)} className="link font-medium">
            {finding.subject.name}
          </Link>
        </span>
        <span className="text-muted">{finding.scope.name}</span>
        <span className="text-muted">
          open since <Moment at={finding.openedAt} full />
        </span>
      </p>
      <p className="max-w-[80ch] text-section font-medium [overflow-wrap:anywhere]">{finding.message}</p>
      {finding.latent && <Notice title="Latent: it ranks two steps lower.">{finding.latent}</Notice>}
      {finding.stale && (
        <Notice title="This may no longer hold.">
          What it rests on was last seen whole <Moment at={finding.stale.seenAt} full />, longer ago than
          twice the interval at which its source is meant to be read. Sync the source, or import a newer file.
        </Notice>
      )}
      <ExceptionNotice finding={finding} />
      {finding.resolvedAt && (
        <Notice title="Resolved.">
          <Moment at={finding.resolvedAt} full />
          {resolvedWhy && `: ${resolvedWhy}`}
        </Notice>
      )}
    </div>
  )
}

/** What to do is about the present, and so is what could take the place of a credential. */
function Remedy({ finding, isNow }: { finding: FindingDetail['finding']; isNow: boolean }) {
  const meta = ruleMeta(finding.ruleId)
  if (!meta || finding.state !== 'open') return null
  return (
    <Section id="remedy" title="What to do">
      <p className="max-w-[84ch] text-prose">{meta.remedy}</p>
      {isNow && meta.needs.includes('alternative') && (
        <p className="mt-1">
          <Link href={`${subjectHref(finding.subject)}#replacement`} className="link">
            Configuration that does without it
          </Link>
        </p>
      )}
      <p className="mt-1">
        <Link href={`/rules/${finding.ruleId}`} className="link">
          What the rule means, and what it cannot see
        </Link>
      </p>
    </Section>
  )
}

export default recordPage<IdProps>('finding:read', async ({ actor, at, moment }, { params }) => {
  const { id } = await params
  const detail = await orNotFound(at(() => read(actor, id)))
  const { finding, evidence, revision } = detail
  const meta = ruleMeta(finding.ruleId)
  // What people do is about the present: of an earlier moment only what was excepted is said.
  const entries = moment ? [] : await findingHistory(actor, finding.id)
  const mayTriage = !moment && finding.state === 'open' && may(actor, 'finding:triage')
  const people = mayTriage ? await assignees(actor) : undefined
  return (
    <Page
      title={ruleTitle(finding.ruleId)}
      crumbs={[
        { title: 'Findings', href: '/findings' },
        {
          title: finding.subject.name,
          href: finding.identityId ? `/identities/${finding.identityId}` : '/findings',
        },
      ]}
      actions={
        finding.identityId && (
          <ButtonLink href={`/identities/${finding.identityId}`}>Open identity</ButtonLink>
        )
      }
    >
      <Summary detail={detail} />
      <CompletenessLine completeness={detail.completeness} />
      <Remedy finding={finding} isNow={!moment} />
      {!moment && finding.state === 'open' && (
        <Triage {...{ finding, entries, people }} mayAsk={may(actor, 'exception:ask')} />
      )}
      <Section
        id="evidence"
        title="Evidence"
        lead="The facts this verdict rests on, as they were when it was given."
      >
        <EvidenceTable evidence={evidence} />
        <p className="mt-2 flex flex-wrap items-center gap-1 text-caption text-muted">
          Rule <code className="font-mono">{finding.ruleId}</code>, revision{' '}
          <code className="font-mono">{revision.slice(0, 12)}</code>
          <CopyButton text={revision} what="rule revision" />
          judged <Moment at={finding.changedAt} full />
        </p>
      </Section>
      {meta && meta.controls.length > 0 && (
        <Section id="controls" title="Controls it speaks to">
          <Controls controls={meta.controls} />
        </Section>
      )}
    </Page>
  )
})
