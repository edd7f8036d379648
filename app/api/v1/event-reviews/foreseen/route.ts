// The route /event-reviews/foreseen of the API.
import { handlers } from '@/app/api/v1/_api/routes'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = handlers('/event-reviews/foreseen')
