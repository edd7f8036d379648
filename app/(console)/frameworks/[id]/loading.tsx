// Stands in for the controls while their counts are read.
import { SkeletonPage } from '@/app/_ui/skeleton'

export default function Loading() {
  return <SkeletonPage />
}
