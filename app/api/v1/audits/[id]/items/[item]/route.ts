// One item of an audit.
import { handlers } from '@/app/api/v1/_api/routes'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = handlers('/audits/{id}/items/{item}')
