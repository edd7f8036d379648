// The activity log; what it takes and answers stands in the list of routes.
import { handlers } from '@/app/api/v1/_api/routes'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = handlers('/activity/verify')
