// The call that every run begins with. It has no permission of its own.
export const SIGN_IN = 'Sign in'
