// The names of actions as sentences. An action without one is shown by its name, so that nothing is hidden.

const WORDS: Record<string, string> = {
  'connection.connect': 'Connected a source',
  'connection.update': 'Changed the settings of a source',
  'connection.pause': 'Paused a source',
  'connection.resume': 'Resumed a source',
  'connection.delete': 'Deleted a source',
  'connection.check-access': 'Tested a connection',
  'run.request': 'Asked for a sync',
  'run.cancel': 'Cancelled a run',
  'run.retry': 'Ran again',
  'import.preview': 'Uploaded a file',
  'import.confirm': 'Saved an import',
  'import.discard': 'Discarded an import',
  'sample.add': 'Added the sample organisation',
  'sample.remove': 'Deleted the sample organisation',
  'member.create': 'Added a member',
  'member.create-first': 'Created the first administrator',
  'member.set-role': 'Changed the role of a member',
  'member.deactivate': 'Deactivated a member',
  'member.reactivate': 'Reactivated a member',
  'member.set-password': 'Set the password of a member',
  'token.create': 'Made an API token',
  'token.revoke': 'Revoked an API token',
  'session.sign-in': 'Signed in',
  'session.sign-in-failed': 'Failed to sign in',
}
export const actionWords = (action: string): string => WORDS[action] ?? action
