// Stands in for the list while it is read.
import { SkeletonPage } from '@/app/_ui/skeleton'

export default function Loading() {
  return <SkeletonPage />
}
