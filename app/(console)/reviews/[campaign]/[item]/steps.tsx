// To the item before and after, in the order of the queue: links, and the keys j and k.
import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { Place } from '@/governance/campaigns/reviewing/place'
import { hrefWith } from '@/app/_list/query'
import { ButtonLink } from '@/app/_ui/button'

type Props = { campaign: string; place: Place | undefined; part: Record<string, string> }
export function Steps({ campaign, place, part }: Props) {
  const href = (id: string) => hrefWith(`/reviews/${campaign}/${id}`, part, {})
  return (
    <>
      {place?.before && (
        <ButtonLink href={href(place.before)} data-shortcut="k" rel="prev" prefetch={false}>
          <ChevronLeft size={14} aria-hidden /> Previous
        </ButtonLink>
      )}
      {place?.after && (
        <ButtonLink href={href(place.after)} data-shortcut="j" rel="next" prefetch={false}>
          Next <ChevronRight size={14} aria-hidden />
        </ButtonLink>
      )}
    </>
  )
}
