// While a card is read.
import { SkeletonObject } from '@/app/_ui/skeleton'

export default function Loading() {
  return <SkeletonObject />
}
