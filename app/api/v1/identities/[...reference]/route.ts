// One identity, by any reference: an ARN has slashes.
import { handlers } from '@/app/api/v1/_api/routes'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = handlers('/identities/{reference...}')
