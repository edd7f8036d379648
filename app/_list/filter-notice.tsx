// Says which part of a link was not understood, instead of showing an error or silently everything.
import { Notice } from '@/app/_ui/notice'
import { ButtonLink } from '@/app/_ui/button'

export function FilterNotice({ problems, resetHref }: { problems: string[]; resetHref: string }) {
  if (!problems.length) return null
  return (
    <Notice
      tone="warn"
      title="This link has a filter that is not understood. It was left out."
      actions={<ButtonLink href={resetHref}>Clear filters</ButtonLink>}
    >
      <code className="font-mono text-caption">{problems.join(', ')}</code>
    </Notice>
  )
}
