// Every route of the API: the one list that handlers, description and tests read.
import { z } from 'zod'
import { endpoint, type Handlers } from '@/app/_http/endpoint'
import { route, type AnyRoute } from '@/app/_http/route'
import { accessRoutes } from './access-routes'
import { codeOwnersRoutes } from './code-owners-routes'
import { auditRoutes } from './audit-routes'
import { channelRoutes } from './channel-routes'
import { campaignRoutes } from './campaign-routes'
import { credentialRoutes } from './credential-routes'
import { directoryRoutes } from './directory-routes'
import { deliveryRoutes } from './delivery-routes'
import { diffRoutes } from './diff-routes'
import { eventReviewRoutes } from './event-review-routes'
import { frameworkRoutes } from './framework-routes'
import { exceptionRoutes } from './exception-routes'
import { listRoutes } from './list-routes'
import { activityRoutes } from './activity-routes'
import { noticeRoutes } from './notice-routes'
import { openApi } from './open-api'
import { ownerRoutes } from './owner-routes'
import { ownersFileRoutes } from './owners-file-routes'
import { packRoutes } from './pack-routes'
import { policyRoutes } from './policy-routes'
import { receiveRoutes } from './receive-routes'
import { reviewRoutes } from './review-routes'
import { scoreRoutes } from './score-routes'
import { sourceRoutes } from './source-routes'
import { triageRoutes } from './triage-routes'

const description = route({
  method: 'GET',
  path: '/openapi.json',
  permission: null,
  summary: 'Describes this API as an OpenAPI 3.1 document',
  status: 200,
  answer: z.looseObject({ openapi: z.string() }),
  handle: async () => openApi(routes),
})

export const routes: readonly AnyRoute[] = [
  ...listRoutes,
  ...frameworkRoutes,
  ...scoreRoutes,
  ...triageRoutes,
  ...exceptionRoutes,
  ...ownerRoutes,
  ...ownersFileRoutes,
  ...codeOwnersRoutes,
  ...directoryRoutes,
  ...campaignRoutes,
  ...reviewRoutes,
  ...eventReviewRoutes,
  ...packRoutes,
  ...deliveryRoutes,
  ...auditRoutes,
  ...policyRoutes,
  ...credentialRoutes,
  ...accessRoutes,
  ...diffRoutes,
  ...sourceRoutes,
  ...receiveRoutes,
  ...activityRoutes,
  ...noticeRoutes,
  ...channelRoutes,
  description,
]

/** The handlers of one path. A path that is not in the list is a mistake of ours. */
export function handlers(path: string): Handlers {
  const found = routes.filter((one) => one.path === path)
  if (!found.length) throw new Error(`no route has the path ${path}`)
  return endpoint(found)
}
