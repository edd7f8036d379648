'use client'
// Over every page about the past: which moment it shows, that nothing can be changed, and the ways on.
import { History } from 'lucide-react'
import { usePathname, useSearchParams } from 'next/navigation'
import { useAddressMoment } from '@/app/_ui/address-moment'
import { ButtonLink } from '@/app/_ui/button'
import { atOtherMoment, momentParams } from '@/app/_ui/keep-moment'
import { secondWords, type ShownMoment } from '@/app/_ui/moment-words'
import { BackToNow } from './back-to-now'

const at = (instant: string) => (
  <time dateTime={instant} className="tabular font-semibold">
    {secondWords(instant)}
  </time>
)

function Sentence({ valid, known }: ShownMoment) {
  if (known)
    return (
      <>
        Showing {at(valid)} as known at {at(known)}.
      </>
    )
  return <>Showing what was known at {at(valid)}.</>
}

/** What was learned later about the same moment, or only what was known then. */
function OtherKnowledge({ known }: ShownMoment) {
  const [path, search] = [usePathname(), useSearchParams()]
  const { asOf } = momentParams(search)
  // `now` becomes an instant in the address, by the server's clock.
  const href = atOtherMoment(path, search.toString(), known ? { asOf } : { asOf, known: 'now' })
  return (
    <ButtonLink href={href} toNow prefetch={false}>
      {known ? 'As it was known then' : 'The same moment, as known today'}
    </ButtonLink>
  )
}

/** The region is always there: only what changes inside of it is read out. */
export function AsOfBanner() {
  const moment = useAddressMoment()
  return (
    <div role="status" data-moment-banner>
      {moment && (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-sev-medium bg-sev-medium-tint px-4 py-2 text-ui sm:px-6">
          <History size={16} aria-hidden className="shrink-0 text-sev-medium-text" />
          <p className="min-w-48 flex-1">
            <Sentence {...moment} /> <span>Nothing can be changed here.</span>
          </p>
          <span className="flex flex-wrap gap-2 print:hidden">
            <OtherKnowledge {...moment} />
            <BackToNow look="primary" />
          </span>
        </div>
      )}
    </div>
  )
}
