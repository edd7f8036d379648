// Whether the installation works, for load balancers and for its own start. Says nothing else, so it asks for no login.
import { health } from '@/governance/health'

const answer = async () => {
  const { ok, database, worker } = await health()
  return Response.json(
    { ok, database, worker },
    { status: ok ? 200 : 503, headers: { 'cache-control': 'no-store' } },
  )
}
export const GET = answer
export const dynamic = 'force-dynamic'
