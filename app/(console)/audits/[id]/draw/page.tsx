// Draws a sample: from what, at which moment, how many, and by which seed.
import type { Metadata } from 'next'
import { SIZE_MAX } from '@/governance/audits/audit-input'
import { auditView, type AuditView } from '@/governance/audits/list-audits'
import { SAMPLE_KINDS } from '@/governance/audits/sampling/population'
import { ActionForm } from '@/app/_form/action-form'
import { SelectField, TextField } from '@/app/_form/field'
import { Submit } from '@/app/_form/submit'
import { requireActor } from '@/app/_session/actor'
import { orNotFound } from '@/app/_session/or-not-found'
import type { IdProps } from '@/app/_session/route-props'
import { absolute } from '@/app/_ui/moment'
import { Page } from '@/app/_ui/page'
import { pageNow } from '@/app/_ui/page-clock'
import { draw } from '../../actions'
import { KIND_TITLES, SAMPLED } from '../../samples-table'

export const metadata: Metadata = { title: 'Draw a sample' }

function DrawFields({ packs, moment }: { packs: AuditView['packs']; moment: string }) {
  return (
    <>
      <SelectField
        name="kind"
        label="From"
        options={SAMPLE_KINDS.map((value) => ({ value, title: KIND_TITLES[value] }))}
        defaultValue="identity"
      />
      <TextField
        name="size"
        type="number"
        label="How many"
        min={1}
        max={SIZE_MAX}
        required
        defaultValue="25"
        hint={`At most ${SIZE_MAX}. More can be drawn later by the same seed.`}
      />
      <SelectField
        name="pack"
        label="Rows of a pack"
        hint="Its moment and its rows. Leave filter and moment empty then."
        options={[
          { value: '', title: 'None: by a filter' },
          ...packs.map((one) => ({
            value: one.id,
            title: `${one.title}, as of ${absolute(one.asked.asOf)}`,
          })),
        ]}
        defaultValue=""
        optional
      />
      <TextField
        name="filter"
        label="Filter"
        placeholder="class=machine&privilege=admin"
        hint="As the address of the list has it, or the whole address. Empty: as the list is without a filter."
        autoComplete="off"
      />
      <TextField
        name="asOf"
        label="As of"
        placeholder="2026-09-30"
        hint={`In UTC: a date (its end) or an instant. Empty: ${moment}.`}
        autoComplete="off"
      />
      <TextField
        name="seed"
        label="Seed"
        maxLength={100}
        hint="A word or a number of your choice. Empty: made at random, and written down."
        autoComplete="off"
      />
    </>
  )
}

export default async function DrawPage({ params }: IdProps) {
  const actor = await requireActor('audit:examine')
  const { id } = await params
  const { title, to, packs } = await orNotFound(auditView(actor, id))
  const moment =
    new Date(to) < pageNow() ? `the end of the audit, ${absolute(to)}` : 'now, for its period is not over'
  return (
    <Page
      title="Draw a sample"
      crumbs={[
        { title: 'Audits', href: '/audits' },
        { title, href: `/audits/${id}` },
      ]}
      lead={SAMPLED}
      narrow
    >
      <ActionForm action={draw} label="Draw a sample" className="flex max-w-120 flex-col gap-4">
        <input type="hidden" name="audit" value={id} />
        <DrawFields packs={packs} moment={moment} />
        <div>
          <Submit busy="Drawing…">Draw</Submit>
        </div>
      </ActionForm>
    </Page>
  )
}
