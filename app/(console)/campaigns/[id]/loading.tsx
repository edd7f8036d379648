// Stands in for a page of a campaign while it is read.
import { SkeletonObject } from '@/app/_ui/skeleton'

export default function Loading() {
  return <SkeletonObject />
}
