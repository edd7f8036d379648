// Stands in for the comparison while it is worked out.
import { SkeletonPage } from '@/app/_ui/skeleton'

export default function Loading() {
  return <SkeletonPage />
}
