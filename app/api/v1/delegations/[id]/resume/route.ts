// Takes back that a delegation was ended.
import { handlers } from '@/app/api/v1/_api/routes'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = handlers('/delegations/{id}/resume')
