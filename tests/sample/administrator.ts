// Who runs the installation that the browser looks at.
export const ADMINISTRATOR = {
  name: 'Ada Lovelace',
  email: 'ada@halden.example',
  password: 'correct horse battery staple',
}
