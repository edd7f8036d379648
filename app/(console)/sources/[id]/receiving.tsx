// How the source is told to send what happens in it by itself.
import { env } from '@/env'
import type { Receives } from '@/core/connector'
import type { SourceRow } from '@/inventory/queries/types'
import { CopyText } from '@/app/_ui/copy-text'
import { Section } from '@/app/_ui/section'

type Props = { receives: Receives; source: Pick<SourceRow, 'id' | 'scopeCount'> }

export function ReceivingSection({ receives, source }: Props) {
  const several = source.scopeCount > 1
  const address = `${env.baseUrl.replace(/\/$/, '')}/api/v1/sources/${source.id}/events`
  const lead = `${receives.format} It is sent to this source over HTTPS, with a token that can do nothing else.`
  return (
    <Section
      id="receiving"
      title={receives.title}
      lead={several ? `${lead} In place of SCOPE put the id of the scope that sends.` : lead}
    >
      {receives.setup(several ? `${address}/SCOPE` : address).map((document) => (
        <div key={document.title} className="mt-4">
          <h3 className="mb-1 text-ui font-medium">{document.title}</h3>
          <CopyText text={document.text} what={document.title} />
        </div>
      ))}
    </Section>
  )
}
