// stub
import type { Transport } from '@/core/upstream'
export function sampleTransport(): Transport {
  throw new Error('later')
}
