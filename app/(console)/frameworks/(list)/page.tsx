// The frameworks of controls: how many of their controls the rules speak to, and how those stand.
import type { Metadata } from 'next'
import { listFrameworks } from '@/governance/frameworks/list-frameworks'
import { CompletenessLine } from '@/app/_inventory/completeness-line'
import { CsvLink } from '@/app/_list/csv-link'
import { recordPage } from '@/app/_session/record-page'
import { Page } from '@/app/_ui/page'
import { FrameworkTable } from './table'

export const metadata: Metadata = { title: 'Frameworks' }

export default recordPage('finding:read', async ({ actor, at }) => {
  const { rows, completeness } = await at(() => listFrameworks(actor))
  return (
    <Page
      title="Frameworks"
      aside={`${rows.length} frameworks`}
      lead="What the rules saw, by the controls it is evidence toward. A control asks for more than a tool can see: policy, people and decisions are not judged here."
      actions={<CsvLink path="/api/v1/frameworks" params={{}} />}
    >
      <div className="mb-3">
        <CompletenessLine completeness={completeness} />
      </div>
      <FrameworkTable rows={rows} />
    </Page>
  )
})
