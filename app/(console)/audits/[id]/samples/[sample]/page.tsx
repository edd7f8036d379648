// One sample: how it was drawn, so that anybody draws it again, its rows with how each stands, and drawing more.
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { may } from '@/core/permissions'
import { SIZE_MAX } from '@/governance/audits/audit-input'
import { auditView } from '@/governance/audits/list-audits'
import { listItems } from '@/governance/audits/list-items'
import { FILES } from '@/governance/audits/sampling/method'
import type { SampleView } from '@/governance/audits/sampling/sample-view'
import { ActionForm } from '@/app/_form/action-form'
import { TextField } from '@/app/_form/field'
import { Submit } from '@/app/_form/submit'
import { CompletenessLine } from '@/app/_inventory/completeness-line'
import { CsvLink } from '@/app/_list/csv-link'
import { hrefWith } from '@/app/_list/query'
import { requireActor } from '@/app/_session/actor'
import { orNotFound } from '@/app/_session/or-not-found'
import { ButtonLink } from '@/app/_ui/button'
import { CopyText } from '@/app/_ui/copy-text'
import { Link } from '@/app/_ui/link'
import { absolute, Moment } from '@/app/_ui/moment'
import { Page } from '@/app/_ui/page'
import { Section } from '@/app/_ui/section'
import { Facts } from '../../../../evidence/[id]/facts'
import { draw } from '../../../actions'
import { ItemsTable } from '../../../items-table'
import { KIND_TITLES } from '../../../samples-table'

export const metadata: Metadata = { title: 'Sample' }
type Props = { params: Promise<{ id: string; sample: string }> }

const LISTS = { identity: '/identities', credential: '/credentials', finding: '/findings' } as const

function How({ sample, pack }: { sample: SampleView; pack: string | undefined }) {
  const filter = Object.entries(sample.filter).map(([name, text]) => `${name}=${text}`)
  const moment = { asOf: sample.asOf, ...(sample.known !== sample.asOf && { known: sample.known }) }
  const mono = (text: string) => (
    <span className="font-mono text-caption [overflow-wrap:anywhere]">{text}</span>
  )
  return (
    <Section id="how" title="How it was drawn">
      <Facts
        rows={[
          ['Seed', mono(sample.seed)],
          ['Method', sample.method],
          [
            'Population',
            <span key="population">
              <Link
                href={hrefWith(LISTS[sample.kind], { ...sample.filter, ...moment }, {})}
                prefetch={false}
                className="link"
              >
                {sample.population.toLocaleString('en')} {KIND_TITLES[sample.kind].toLowerCase()}
              </Link>
              {filter.length > 0 ? `, by ${filter.join(', ')}` : ', as the list is without a filter'}
              {pack !== undefined && `, the rows of the pack ${pack}`}
            </span>,
          ],
          [
            'As of',
            `${absolute(sample.asOf)}${sample.known === sample.asOf ? '' : `, as known at ${absolute(sample.known)}`}`,
          ],
          ['Hash of its ids', mono(sample.populationHash)],
          ['Rests on', <CompletenessLine key="completeness" completeness={sample.completeness} />],
          [
            'Drawn by',
            <span key="by">
              {sample.drawnBy}, <Moment at={sample.drawnAt} full />
            </span>,
          ],
        ]}
      />
      <div className="mt-4 max-w-160">
        <CopyText
          what="The command that draws it again, without a database"
          text={`npm run -s rollcall -- audits redraw ${FILES[sample.kind]} --seed '${sample.seed.replaceAll("'", `'\\''`)}' --size ${sample.drawn}${sample.skipped ? ` --skip ${sample.skipped}` : ''}`}
        />
      </div>
    </Section>
  )
}

function More({ auditId, sample }: { auditId: string; sample: SampleView }) {
  const left = sample.population - sample.skipped - sample.drawn
  if (left <= 0) return null
  return (
    <Section id="more" title="Draw more" lead="The next rows by the same seed, without those drawn before.">
      <ActionForm action={draw} label="Draw more" className="flex max-w-120 flex-wrap items-end gap-3">
        <input type="hidden" name="audit" value={auditId} />
        <input type="hidden" name="after" value={sample.id} />
        <TextField
          name="size"
          type="number"
          label="How many"
          min={1}
          max={SIZE_MAX}
          required
          defaultValue={String(Math.min(25, left))}
        />
        <Submit busy="Drawing…">Draw more</Submit>
      </ActionForm>
    </Section>
  )
}

export default async function SamplePage({ params }: Props) {
  const actor = await requireActor('audit:read')
  const { id, sample: sampleId } = await params
  const audit = await orNotFound(auditView(actor, id))
  const sample = audit.samples.find((one) => one.id === sampleId)
  if (!sample) notFound()
  const { rows } = await listItems(actor, id, { sample: sample.id, size: SIZE_MAX })
  const [first] = rows
  return (
    <Page
      title={`${sample.drawn.toLocaleString('en')} of ${sample.population.toLocaleString('en')} ${KIND_TITLES[sample.kind].toLowerCase()}`}
      crumbs={[
        { title: 'Audits', href: '/audits' },
        { title: audit.title, href: `/audits/${id}` },
      ]}
      aside={`Sample ${sample.nth}`}
      actions={
        <>
          <CsvLink path={`/api/v1/audits/${id}/items`} params={{ sample: sample.id }} />
          {first && (
            <ButtonLink href={`/audits/${id}/items/${first.id}`} look="primary">
              Look at the first
            </ButtonLink>
          )}
        </>
      }
    >
      <How sample={sample} pack={audit.packs.find((one) => one.id === sample.pack)?.title} />
      <Section id="rows" title="Rows">
        <ItemsTable auditId={id} rows={rows} caption="Rows" />
      </Section>
      {audit.state === 'open' && may(actor, 'audit:examine') && <More auditId={id} sample={sample} />}
    </Page>
  )
}
