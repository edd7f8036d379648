// What an import would write if it were saved now. Nothing is applied yet.
import type { RunDetail } from '@/inventory/queries/types'
import { Notice } from '@/app/_ui/notice'
import { Section } from '@/app/_ui/section'
import { ChangesTable } from './changes'

export function PreviewSection({ changes }: { changes: RunDetail['changes'] }) {
  return (
    <>
      <Notice title="Nothing is saved yet.">Look at what the file holds, then save it or discard it.</Notice>
      <Section id="preview" title="What saving would change">
        <ChangesTable changes={changes} />
      </Section>
    </>
  )
}
