// The moment in the address cannot be shown: which part of it is wrong, and what to do. The present is not shown instead.
import { Notice } from '../_ui/notice'
import { Page } from '../_ui/page'
import { BackToNow } from './back-to-now'

export function MomentRefused({ why }: { why: string }) {
  return (
    <Page title="This moment cannot be shown">
      <div data-no-moment className="max-w-[80ch]">
        <Notice tone="warn" role="alert" title={why} actions={<BackToNow />}>
          Choose another moment with the clock in the top bar, or correct <code>asOf</code> and{' '}
          <code>known</code> in the address: a date such as 2026-09-30 (its end in UTC) or an instant such as
          2026-09-30T12:00:00Z.
        </Notice>
      </div>
    </Page>
  )
}
